package io.tributary.row;

import java.util.Set;

/**
 * The fields that Debezium adds to a flattened row, by their names: {@code __} and the name of a field of the envelope
 * or its source block. They are no columns of the table. See
 * https://debezium.io/documentation/reference/2.7/transformations/event-flattening.html (add.fields).
 */
public final class MetaFields {
    private static final String PREFIX = "__";
    private static final Set<String> TOP = Set.of("op", "deleted");
    private static final Set<String> SOURCE = Set.of(
            "version",
            "connector",
            "name",
            "ts_ms",
            "ts_us",
            "ts_ns",
            "snapshot",
            "db",
            "sequence",
            "schema",
            "table",
            "txId",
            "lsn",
            "xmin",
            "server_id",
            "gtid",
            "file",
            "pos",
            "row",
            "thread",
            "query",
            "change_lsn",
            "commit_lsn",
            "event_serial_no",
            "scn",
            "commit_scn");
    private static final Set<String> TRANSACTION = Set.of("id", "total_order", "data_collection_order");

    private MetaFields() {}

    /** @return whether the field of that name is Debezium's own */
    public static boolean contains(String field) {
        if (!field.startsWith(PREFIX)) {
            return false;
        }
        String name = field.substring(PREFIX.length());
        return TOP.contains(name)
                || SOURCE.contains(name)
                || name.startsWith("source_") && (SOURCE.contains(name.substring(7)) || name.equals("source_position"))
                || name.startsWith("transaction_") && TRANSACTION.contains(name.substring(12));
    }
}
