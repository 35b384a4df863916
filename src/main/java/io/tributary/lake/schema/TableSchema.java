package io.tributary.lake.schema;

import io.tributary.row.Column;
import io.tributary.row.ColumnType;
import io.tributary.row.RowSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/**
 * The columns of a lake table, without {@link MetaColumn}s. It only ever grows: a column that the source drops stays, a
 * type only gets wider, so that every stored row can be read by it. All columns are nullable. Immutable.
 */
public final class TableSchema implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Column> columns = new ArrayList<>();
    private final ArrayList<String> keyColumns;
    private final HashMap<String, Integer> indexes = new HashMap<>();

    public TableSchema(List<Column> columns, List<String> keyColumns) {
        for (Column column : columns) {
            indexes.put(column.name(), this.columns.size());
            this.columns.add(column.nullable() ? column : new Column(column.name(), column.type(), true));
        }
        this.keyColumns = new ArrayList<>(keyColumns);
    }

    /** The schema of a table whose first rows have this schema. */
    public static TableSchema of(RowSchema rows) {
        return new TableSchema(rows.columns(), rows.keyColumns());
    }

    public List<Column> columns() {
        return Collections.unmodifiableList(columns);
    }

    public List<String> keyColumns() {
        return Collections.unmodifiableList(keyColumns);
    }

    /** @return the column's position, or -1 */
    public int indexOf(String column) {
        return indexes.getOrDefault(column, -1);
    }

    /**
     * @return this schema, wide enough for rows of {@code other} as far as that can be done without loss: columns that
     *     are new come last, types become their {@link TypeWidening#join}; this very instance where nothing changes
     */
    public TableSchema widen(TableSchema other) {
        List<Column> wider = new ArrayList<>(columns);
        boolean changed = false;
        for (Column column : other.columns) {
            int index = indexOf(column.name());
            if (index < 0) {
                wider.add(column);
                changed = true;
            } else {
                ColumnType stored = columns.get(index).type();
                ColumnType joined = TypeWidening.join(stored, column.type());
                if (joined != null && !joined.equals(stored)) {
                    wider.set(index, new Column(column.name(), joined, true));
                    changed = true;
                }
            }
        }
        return changed ? new TableSchema(wider, keyColumns) : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableSchema
                && ((TableSchema) other).columns.equals(columns)
                && ((TableSchema) other).keyColumns.equals(keyColumns);
    }

    @Override
    public int hashCode() {
        return Objects.hash(columns, keyColumns);
    }

    @Override
    public String toString() {
        return columns + " key " + keyColumns;
    }
}
