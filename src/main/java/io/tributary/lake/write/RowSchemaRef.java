package io.tributary.lake.write;

import io.tributary.debezium.TableId;
import io.tributary.lake.schema.TableSchema;
import io.tributary.row.RowSchema;

/** A schema that a router has announced, with the table it belongs to. Compared by identity. */
final class RowSchemaRef {
    private final TableId table;
    private final RowSchema rows;
    private final TableSchema columns;

    RowSchemaRef(TableId table, RowSchema rows) {
        this.table = table;
        this.rows = rows;
        this.columns = TableSchema.of(rows);
    }

    TableId table() {
        return table;
    }

    RowSchema rows() {
        return rows;
    }

    /** @return the columns that a table needs to hold these rows */
    TableSchema columns() {
        return columns;
    }
}
