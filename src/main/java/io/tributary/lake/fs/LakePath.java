package io.tributary.lake.fs;

/** Paths of the lake as Hadoop takes them. */
public final class LakePath {
    private LakePath() {}

    /**
     * @return the path with {@code s3://} and {@code s3n://} taken as {@code s3a://} and a bare path as a local file's;
     *     without a slash at its end
     */
    public static String normalize(String path) {
        String trimmed = path.replaceAll("/+$", "");
        if (trimmed.startsWith("s3://")) {
            return "s3a://" + trimmed.substring("s3://".length());
        }
        if (trimmed.startsWith("s3n://")) {
            return "s3a://" + trimmed.substring("s3n://".length());
        }
        return trimmed.startsWith("/") ? "file://" + trimmed : trimmed;
    }

    /** @return the directory of a table, by its full name */
    public static String table(String lake, String fullName) {
        return normalize(lake) + "/" + fullName;
    }
}
