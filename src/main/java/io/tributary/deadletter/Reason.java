package io.tributary.deadletter;

import java.util.Locale;

/**
 * Why a record became a dead letter: a closed list, stable names for filters and alerts. A name that was given once stays:
 * it is in the state of sinks, in topics and in files. What to do about each is in {@code docs/dead-letters.md}.
 */
public enum Reason {
    /** The bytes are of no wire format that is known. */
    UNKNOWN_FORMAT,
    /** The registry has no such schema. */
    SCHEMA_NOT_FOUND,
    /** The schema is not one that a table's rows can have. */
    UNSUPPORTED_SCHEMA,
    /** The bytes are not what their schema says: truncated, too long, or of another schema. */
    MALFORMED,
    /** The value is larger than the limit. */
    TOO_LARGE,
    /** The table has no key, or the message carries none. */
    NO_KEY,
    /** It cannot be told which table the record belongs to. */
    NO_TABLE,
    /** An operation that is not known. */
    UNKNOWN_OPERATION,
    /**
     * A change that comes after the retention of its window. It is in the lake; only the figures of windows that are closed
     * lack it, so sending it again mends nothing.
     */
    LATE,
    /** The table cannot be written for now, and the configuration sends its rows here. */
    UNWRITABLE_TABLE;

    /** @return the text in the dead letter's header, e.g. {@code unknown-format} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException where no reason has this label */
    public static Reason ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
