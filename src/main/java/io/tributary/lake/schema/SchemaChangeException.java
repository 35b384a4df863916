package io.tributary.lake.schema;

import io.tributary.debezium.TableId;
import java.io.IOException;

/** The columns of a table's rows have changed, and the policy {@code exception} does not let the table follow. */
public final class SchemaChangeException extends IOException {
    private static final long serialVersionUID = 1L;

    SchemaChangeException(TableId table, String change, TableSchema stored, TableSchema rows) {
        super("the columns of table " + table + " have changed (" + change
                + "), and its schema.evolution is `exception`, so the job stops. The table has " + stored
                + "; the rows have " + rows + ". Set Table." + table.fullName()
                + ".schema.evolution to `lenient`, `evolve` or `ignore` to go on from here.");
    }
}
