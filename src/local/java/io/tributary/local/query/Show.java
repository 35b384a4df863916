package io.tributary.local.query;

import io.tributary.local.cli.UsageException;
import java.util.Arrays;
import java.util.Locale;

/** What a lake tells of itself. */
public enum Show {
    /** Every table in figures. */
    TABLES,
    /** A table's timeline: commits, cleanings, rollbacks. */
    COMMITS,
    /** A table's columns. */
    SCHEMA,
    /** The files that make up a table's state. */
    FILES;

    /** @throws UsageException for a name that is none */
    public static Show of(String name) {
        return Arrays.stream(values())
                .filter(show -> show.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "Unknown --show " + name + "; known: tables, commits TABLE, schema TABLE, files TABLE"));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
