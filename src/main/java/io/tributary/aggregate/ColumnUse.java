package io.tributary.aggregate;

import java.io.Serializable;
import java.util.Objects;

/** A column that an aggregate reads, what for, and the slot of its value. Immutable. */
final class ColumnUse implements Serializable {
    /** What a column is read for. */
    enum Role {
        /** A number that is added up. */
        AMOUNT,
        /** The event time. */
        TIME,
        /** A part of the group. */
        GROUP,
        /** The key of a dimension row. */
        JOIN
    }

    private static final long serialVersionUID = 1L;

    private final String column;
    private final Role role;
    private final int slot;

    ColumnUse(String column, Role role, int slot) {
        this.column = Objects.requireNonNull(column, "column");
        this.role = Objects.requireNonNull(role, "role");
        this.slot = slot;
    }

    String column() {
        return column;
    }

    Role role() {
        return role;
    }

    int slot() {
        return slot;
    }

    @Override
    public String toString() {
        return column + " as " + role + " in " + slot;
    }
}
