package io.tributary.lake.merge;

import java.util.Arrays;
import java.util.Objects;

/**
 * What is known of a row: the newest change's position and operation, and for each column its value and how old that
 * value is. {@link #merge} takes the newer of each, column by column; it is commutative, associative and idempotent, so
 * the order in which events arrive, and how often, makes no difference.
 *
 * <p>Most events are complete: every column is as new as the row. Not so an update with unchanged TOASTed columns, and a
 * delete, whose before-image may hold the key alone: there a column's position is {@link #UNKNOWN}, or that of a
 * before-image, which any value that was written as new replaces.
 */
public final class RowState {
    /** The position of a column that no event has given a value; older than every other. */
    public static final String UNKNOWN = "";

    private static final char BEFORE_IMAGE = '!';

    private final String position;
    private final String op;
    private final boolean deleted;
    private final long sourceTsMs;
    private final Object[] values;
    private final String[] columnPositions;
    private final UnplacedValues unplaced;

    /**
     * @param position of the newest change
     * @param op Debezium's code of it
     * @param sourceTsMs of the newest change, milliseconds since the epoch
     * @param values by the table's columns: a value of the column's type, null, or {@link io.tributary.row.Values.Rescued}
     * @param columnPositions for each column the position of its value, null for that of the row, and one entry more: that
     *     of columns which the table does not have yet; null when all columns, {@code unplaced} too, are as new as the row
     * @param unplaced values of columns that the table does not have
     */
    public RowState(
            String position,
            String op,
            boolean deleted,
            long sourceTsMs,
            Object[] values,
            String[] columnPositions,
            UnplacedValues unplaced) {
        this.position = Objects.requireNonNull(position, "position");
        this.op = op;
        this.deleted = deleted;
        this.sourceTsMs = sourceTsMs;
        this.values = values;
        this.columnPositions = columnPositions;
        this.unplaced = Objects.requireNonNull(unplaced, "unplaced");
    }

    /** @return the position of a value from a change's before-image: older than every value that was written as new */
    public static String beforeImage(String position) {
        return BEFORE_IMAGE + position;
    }

    public String position() {
        return position;
    }

    public String op() {
        return op;
    }

    public boolean deleted() {
        return deleted;
    }

    public long sourceTsMs() {
        return sourceTsMs;
    }

    public Object value(int column) {
        return values[column];
    }

    public int size() {
        return values.length;
    }

    /**
     * @param column or {@link #size()} for columns which the table does not have yet
     * @return the position of the column's value
     */
    public String columnPosition(int column) {
        return columnPositions == null || columnPositions[column] == null ? position : columnPositions[column];
    }

    /** @return values of columns that the table does not have */
    public UnplacedValues unplaced() {
        return unplaced;
    }

    /** @return whether every column is as new as the row */
    public boolean complete() {
        return columnPositions == null;
    }

    /** @return the same row, as old in every column, with other values; by the same columns */
    public RowState withValues(Object[] others) {
        return new RowState(position, op, deleted, sourceTsMs, others, columnPositions, unplaced);
    }

    /** Both must have the columns of the same table schema. */
    public static RowState merge(RowState a, RowState b) {
        RowState newer = a.position.compareTo(b.position) >= 0 ? a : b;
        RowState older = newer == a ? b : a;
        if (newer.complete()) {
            return newer;
        }
        Object[] values = newer.values.clone();
        String[] positions = new String[values.length + 1];
        boolean complete = true;
        for (int i = 0; i < positions.length; i++) {
            String position = newer.columnPosition(i);
            if (older.columnPosition(i).compareTo(position) > 0) {
                position = older.columnPosition(i);
                if (i < values.length) {
                    values[i] = older.values[i];
                }
            }
            if (!position.equals(newer.position)) {
                positions[i] = position;
                complete = false;
            }
        }
        UnplacedValues unplaced = UnplacedValues.merge(newer, older);
        complete &= unplaced.allAt(newer.position);
        return new RowState(
                newer.position,
                newer.op,
                newer.deleted,
                newer.sourceTsMs,
                values,
                complete ? null : positions,
                unplaced);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof RowState)) {
            return false;
        }
        RowState that = (RowState) other;
        return position.equals(that.position)
                && Objects.equals(op, that.op)
                && deleted == that.deleted
                && sourceTsMs == that.sourceTsMs
                && Arrays.deepEquals(values, that.values)
                && Arrays.equals(columnPositions, that.columnPositions)
                && unplaced.equals(that.unplaced);
    }

    @Override
    public int hashCode() {
        return Objects.hash(position, op, deleted, sourceTsMs, Arrays.deepHashCode(values));
    }

    @Override
    public String toString() {
        return op + " " + position + (complete() ? "" : " incomplete");
    }
}
