package io.tributary.aggregate;

import java.io.Serializable;
import java.util.Objects;

/**
 * A table that names groups: its primary key (one column) is found in a column of the aggregate's table, or of another
 * dimension. Immutable.
 */
final class Dimension implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String alias;
    private final String table;
    private final String parent;
    private final String column;

    /**
     * @param table {@code server.schema.table}
     * @param parent alias of the dimension that holds the column; null for the aggregate's table
     * @param column holds the key of this dimension's row
     */
    Dimension(String alias, String table, String parent, String column) {
        this.alias = Objects.requireNonNull(alias, "alias");
        this.table = Objects.requireNonNull(table, "table");
        this.parent = parent;
        this.column = Objects.requireNonNull(column, "column");
    }

    String alias() {
        return alias;
    }

    String table() {
        return table;
    }

    /** @return the alias of the dimension that refers to this one; null for the aggregate's table */
    String parent() {
        return parent;
    }

    String column() {
        return column;
    }

    @Override
    public String toString() {
        return alias + " = " + table + " on " + (parent == null ? column : parent + "." + column);
    }
}
