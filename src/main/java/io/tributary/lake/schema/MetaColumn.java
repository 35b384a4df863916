package io.tributary.lake.schema;

import io.tributary.row.ColumnType;

/** The columns that the lake adds to those of the source table; the first ones carry the names that Debezium's flattening gives them. */
public enum MetaColumn {
    /** Debezium's code of the newest change: r, c, u, d, or t for a truncate. */
    OP("__op", ColumnType.STRING),
    /** Debezium's logical name of the server. */
    NAME("__name", ColumnType.STRING),
    DB("__db", ColumnType.STRING),
    /** The source schema; null for databases that have none. */
    SCHEMA("__schema", ColumnType.STRING),
    TABLE("__table", ColumnType.STRING),
    /** When the newest change was made, milliseconds since the epoch. */
    SOURCE_TS_MS("__source_ts_ms", ColumnType.LONG),
    /** {@code true} or {@code false}, as Debezium writes it. */
    DELETED("__deleted", ColumnType.STRING),
    /** The place of the newest change in the order of all changes of the row; sorts as text. */
    SOURCE_POSITION("__source_position", ColumnType.STRING),
    /** JSON: the positions of columns whose values are older than the row; null where there are none. */
    COLUMN_POSITIONS("__column_positions", ColumnType.STRING),
    /** JSON: values that their columns cannot hold, by column, as exact text; null where there are none. */
    RESCUED_DATA("__rescued_data", ColumnType.STRING);

    private final String columnName;
    private final ColumnType type;

    MetaColumn(String columnName, ColumnType type) {
        this.columnName = columnName;
        this.type = type;
    }

    public String columnName() {
        return columnName;
    }

    public ColumnType type() {
        return type;
    }
}
