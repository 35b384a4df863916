package io.tributary.lake.schema;

import io.tributary.row.Column;
import io.tributary.row.ColumnType.Kind;
import java.util.Locale;

/**
 * Where a column of a row goes in its table: into the column of its name; where that cannot take its type, into one that
 * the policy {@code evolve} has made for the type, {@code <column>__<type>}.
 */
public final class ColumnPlaces {
    private static final String SEPARATOR = "__";

    private ColumnPlaces() {}

    /** @return the column that values of this type get where the column of the name has another */
    static Column ownColumn(Column column) {
        return new Column(column.name() + SEPARATOR + suffix(column.type().kind()), column.type(), true);
    }

    private static String suffix(Kind kind) {
        return kind == Kind.LONG ? "bigint" : kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param rows all columns of the row: a column of the source keeps its own name
     * @return the position in the table of the column that takes the value; -1 where there is none. The column of the
     *     same name may hold some of the values only: the others are rescued
     */
    public static int of(Column column, TableSchema rows, TableSchema table) {
        int same = table.indexOf(column.name());
        if (same < 0
                || TypeWidening.holds(table.columns().get(same).type(), column.type())
                || rows.indexOf(column.name() + SEPARATOR + suffix(column.type().kind())) >= 0) {
            return same;
        }
        int own = table.indexOf(ownColumn(column).name());
        return own >= 0 && TypeWidening.holds(table.columns().get(own).type(), column.type()) ? own : same;
    }
}
