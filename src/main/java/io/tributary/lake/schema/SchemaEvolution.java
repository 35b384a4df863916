package io.tributary.lake.schema;

import io.tributary.config.LakeOptions.EvolutionPolicy;
import io.tributary.debezium.TableId;
import io.tributary.row.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How one table follows its rows' columns, by policy. A function of the table's schema and the rows' alone:
 * docs/semantics.md has it as a table. Immutable.
 */
public final class SchemaEvolution {
    private final TableId table;
    private final EvolutionPolicy policy;

    public SchemaEvolution(TableId table, EvolutionPolicy policy) {
        this.table = Objects.requireNonNull(table, "table");
        this.policy = Objects.requireNonNull(policy, "policy");
    }

    /** @return the columns of a new table: those of its first rows; null where there are no rows */
    public static TableSchema initial(List<TableSchema> rows) {
        for (TableSchema schema : rows) {
            if (!isKeyOnly(schema)) {
                return schema;
            }
        }
        return rows.isEmpty() ? null : rows.get(0);
    }

    /**
     * @param stored what the table has
     * @param rows the schemas of rows that are about to be written, those that came first before the others
     * @return what the table is to have; this very instance where it stays as it is
     * @throws SchemaChangeException where the policy is {@code exception} and the rows' columns are others
     * @throws IOException where the rows have another key than the table
     */
    public TableSchema evolve(TableSchema stored, List<TableSchema> rows) throws IOException {
        TableSchema evolved = stored;
        for (TableSchema schema : rows) {
            evolved = evolve(evolved, schema);
        }
        return evolved;
    }

    /** A delete may bring nothing else. */
    private static boolean isKeyOnly(TableSchema schema) {
        return schema.columns().size() <= schema.keyColumns().size();
    }

    private TableSchema evolve(TableSchema stored, TableSchema rows) throws IOException {
        if (!stored.keyColumns().equals(rows.keyColumns())) {
            throw new IOException("the key of table " + table + " is " + stored.keyColumns()
                    + ", but rows come with the key " + rows.keyColumns() + ": set Table." + table.fullName() + ".key="
                    + String.join(",", stored.keyColumns())
                    + " if those columns still tell the rows apart, or move the table's directory away and replay its"
                    + " topic");
        }
        if (isKeyOnly(stored)) {
            return stored.widen(rows); // there were no rows yet that show the table's columns
        }
        switch (policy) {
            case EVOLVE:
                return withColumnsOfTheirOwn(stored.widen(rows), rows);
            case LENIENT:
                return stored.widen(rows);
            case IGNORE:
                return stored;
            default:
                refuseChanges(stored, rows);
                return stored;
        }
    }

    private static TableSchema withColumnsOfTheirOwn(TableSchema widened, TableSchema rows) {
        List<Column> added = new ArrayList<>();
        for (Column column : rows.columns()) {
            Column own = ColumnPlaces.ownColumn(column);
            boolean held = TypeWidening.holds(
                    widened.columns().get(widened.indexOf(column.name())).type(), column.type());
            if (!held && rows.indexOf(own.name()) < 0) {
                added.add(own);
            }
        }
        return added.isEmpty() ? widened : widened.widen(new TableSchema(added, rows.keyColumns()));
    }

    private void refuseChanges(TableSchema stored, TableSchema rows) throws SchemaChangeException {
        List<String> changes = new ArrayList<>();
        for (Column column : rows.columns()) {
            int index = stored.indexOf(column.name());
            if (index < 0) {
                changes.add("new column " + column.name() + " " + column.type());
            } else if (!TypeWidening.holds(stored.columns().get(index).type(), column.type())) {
                changes.add("column " + column.name() + " from "
                        + stored.columns().get(index).type() + " to " + column.type());
            }
        }
        if (!changes.isEmpty()) {
            throw new SchemaChangeException(table, String.join(", ", changes), stored, rows);
        }
    }
}
