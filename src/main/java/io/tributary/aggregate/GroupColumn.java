package io.tributary.aggregate;

import java.io.Serializable;
import java.util.Objects;

/** A column of the group: of the aggregate's own table or of one of its dimensions. Immutable. */
final class GroupColumn implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String alias;
    private final String column;

    /** @param alias of the dimension; null for a column of the aggregate's table */
    GroupColumn(String alias, String column) {
        this.alias = alias;
        this.column = Objects.requireNonNull(column, "column");
    }

    /** @return the dimension's alias; null for the aggregate's table */
    String alias() {
        return alias;
    }

    /** @return the column's name, which is also its name in the figures */
    String column() {
        return column;
    }

    @Override
    public String toString() {
        return alias == null ? column : alias + "." + column;
    }
}
