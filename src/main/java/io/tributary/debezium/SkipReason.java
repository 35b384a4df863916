package io.tributary.debezium;

import java.util.Locale;

/** Messages that carry no change of a row. They are counted by these names. */
public enum SkipReason {
    TOMBSTONE,
    SCHEMA_CHANGE,
    SCHEMA_HISTORY,
    HEARTBEAT,
    TRANSACTION,
    /** A logical decoding message of PostgreSQL (op {@code m}). */
    LOGICAL_MESSAGE,
    /** A truncate that the policy ignores. */
    TRUNCATE_IGNORED;

    /** @return the name in metrics and reports, e.g. {@code schema-change} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
