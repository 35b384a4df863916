package io.tributary.config;

import java.util.List;
import java.util.Locale;

/** Names that somebody may expect, and that this version has not. */
final class Unavailable {
    private static final String MERGE_ON_READ = "Merge-on-read tables are not available in this version.";

    private static final List<String> MERGE_ON_READ_NAMES = List.of("lake.table.type");

    private Unavailable() {}

    /** @return a sentence with a blank before it, or nothing */
    static String hint(String name) {
        return MERGE_ON_READ_NAMES.contains(name.toLowerCase(Locale.ROOT)) ? " " + MERGE_ON_READ : "";
    }
}
