package io.tributary.config;

import java.util.List;
import java.util.Locale;

/** Names that somebody may expect, and that this version has not. */
final class Unavailable {
    private static final String CATALOG = "A catalogue (Hive, Glue)";

    private static final List<String> CATALOG_NAMES =
            List.of("catalog.type=hive", "catalog.type=glue", "catalog.database", "catalog.prefix", "catalog.endpoint");

    private Unavailable() {}

    /** @return a sentence with a blank before it, or nothing */
    static String hint(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return CATALOG_NAMES.contains(lower) ? " " + CATALOG + " is not available in this version." : "";
    }
}
