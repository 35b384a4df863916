package io.tributary.debezium;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The facts about an event that the job uses, by their names in the source block
 * (https://debezium.io/documentation/reference/2.7/connectors/postgresql.html#postgresql-create-events and the pages of
 * the other connectors) and, with {@code __} or {@code __source_} before them, in flattened rows.
 */
enum MetaField {
    OP,
    DELETED,
    CONNECTOR,
    NAME,
    DB,
    SCHEMA,
    TABLE,
    FILE,
    SEQUENCE,
    COMMIT_LSN,
    CHANGE_LSN,
    TS_MS,
    LSN,
    POS,
    ROW,
    EVENT_SERIAL_NO,
    TOTAL_ORDER;

    private static final Map<String, MetaField> SOURCE = new HashMap<>();
    private static final Map<String, MetaField> FLATTENED = new HashMap<>();

    static {
        for (MetaField field : values()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (field.isOfSource()) {
                SOURCE.put(name, field);
                FLATTENED.put("__source_" + name, field);
            }
            FLATTENED.put("__" + name, field);
        }
        FLATTENED.put("__transaction_total_order", TOTAL_ORDER);
        // In the envelope beside op, ts_ms is when the connector handled the event: it orders nothing.
        FLATTENED.remove("__ts_ms");
    }

    /** @return the fact in a field of the source block, or null */
    static MetaField ofSource(String field) {
        return SOURCE.get(field);
    }

    /** @return the fact in a field of a flattened row, or null */
    static MetaField ofFlattened(String field) {
        return FLATTENED.get(field);
    }

    /** @return whether the value is text; the others are whole numbers */
    boolean isText() {
        return compareTo(CHANGE_LSN) <= 0;
    }

    private boolean isOfSource() {
        return this != OP && this != DELETED && this != TOTAL_ORDER;
    }
}
