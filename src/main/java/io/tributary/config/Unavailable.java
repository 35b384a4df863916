package io.tributary.config;

import java.util.List;
import java.util.Locale;

/** Names that somebody may expect, and that this version has not. */
final class Unavailable {
    private static final String KINESIS = "Kinesis Data Streams as a source";
    private static final String CATALOG = "A catalogue (Hive, Glue)";

    private static final List<String> KINESIS_NAMES = List.of(
            "source.type=kinesis",
            "source.stream.arns",
            "source.aws.region",
            "source.reader.type",
            "source.consumer.name",
            "source.endpoint");
    private static final List<String> CATALOG_NAMES =
            List.of("catalog.type=hive", "catalog.type=glue", "catalog.database", "catalog.prefix", "catalog.endpoint");

    private Unavailable() {}

    /** @return a sentence with a blank before it, or nothing */
    static String hint(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (KINESIS_NAMES.contains(lower)) {
            return " " + KINESIS + " is not available in this version.";
        }
        return CATALOG_NAMES.contains(lower) ? " " + CATALOG + " is not available in this version." : "";
    }
}
