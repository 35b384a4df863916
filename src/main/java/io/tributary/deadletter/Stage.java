package io.tributary.deadletter;

import java.util.Locale;

/** Where on its way a record could not go on. */
public enum Stage {
    /** Finding the wire format and the schema. */
    FORMAT,
    /** Reading the bytes by their schema. */
    DECODE,
    /** From a decoded value to a change of a table's row. */
    DEBEZIUM,
    /** Placing the row in its lake table. */
    LAKE,
    /** The aggregates. */
    AGGREGATE;

    /** @return the text in the dead letter's header */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException where no stage has this label */
    static Stage ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
