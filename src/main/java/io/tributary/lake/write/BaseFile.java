package io.tributary.lake.write;

import org.apache.hudi.org.apache.avro.Schema;

/** The newest base file of a file group. Immutable. */
final class BaseFile {
    private final String fileId;
    private final String path;
    private final String instant;
    private final long bytes;
    private final Schema schema;

    /**
     * @param path of the file, absolute
     * @param instant that the file was written in
     * @param bytes its size
     * @param schema of its records; null where it is not known, then the file's own footer tells
     */
    BaseFile(String fileId, String path, String instant, long bytes, Schema schema) {
        this.fileId = fileId;
        this.path = path;
        this.instant = instant;
        this.bytes = bytes;
        this.schema = schema;
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

    long bytes() {
        return bytes;
    }

    /** @return null where it is not known */
    Schema schema() {
        return schema;
    }
}
