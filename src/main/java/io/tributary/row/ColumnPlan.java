package io.tributary.row;

import java.util.Objects;

/** How a field becomes a column: the column's type and the reader of its values. Immutable. */
final class ColumnPlan {
    private final ColumnType type;
    private final boolean nullable;
    private final ValueReader reader;

    ColumnPlan(ColumnType type, ValueReader reader) {
        this(type, false, reader);
    }

    private ColumnPlan(ColumnType type, boolean nullable, ValueReader reader) {
        this.type = Objects.requireNonNull(type, "type");
        this.nullable = nullable;
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    ColumnType type() {
        return type;
    }

    boolean nullable() {
        return nullable;
    }

    ValueReader reader() {
        return reader;
    }

    /** @return this plan for a union of two, of which {@code nullBranch} is null; Debezium writes either order */
    ColumnPlan orNull(int nullBranch) {
        ValueReader value = reader;
        return new ColumnPlan(type, true, in -> in.readBranch(2) == nullBranch ? null : value.read(in));
    }
}
