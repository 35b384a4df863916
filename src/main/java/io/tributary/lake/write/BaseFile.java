package io.tributary.lake.write;

/** The newest base file of a file group. Immutable. */
final class BaseFile {
    private final String fileId;
    private final String path;
    private final String instant;

    /**
     * @param path of the file, absolute
     * @param instant that the file was written in
     */
    BaseFile(String fileId, String path, String instant) {
        this.fileId = fileId;
        this.path = path;
        this.instant = instant;
    }

    String fileId() {
        return fileId;
    }

    String path() {
        return path;
    }

    String instant() {
        return instant;
    }
}
