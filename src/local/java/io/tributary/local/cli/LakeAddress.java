package io.tributary.local.cli;

import java.nio.file.Path;

/** What a user writes for a lake, as the job and Hadoop take it. */
public final class LakeAddress {
    private LakeAddress() {}

    /** @return {@code s3://} and {@code s3n://} as {@code s3a://}; a path of this machine as an absolute {@code file:} URI */
    public static String of(String lake) {
        if (lake.matches("[a-z][a-z0-9+.-]*:/.*")) {
            return lake.replaceFirst("^s3n?://", "s3a://");
        }
        String uri = Path.of(lake).toAbsolutePath().normalize().toUri().toString();
        return uri.replaceFirst("/+$", "");
    }
}
