package io.tributary.aggregate;

import io.tributary.row.Column;
import io.tributary.row.MalformedRowException;
import io.tributary.row.RowReader;
import io.tributary.row.RowSchema;
import java.util.ArrayList;
import java.util.List;

/** How rows of one schema become {@link Slots}: resolved once per schema. Not thread-safe. */
final class RowPlan {
    private final RowReader reader;
    private final RowSchema schema;
    private final Node node;
    private final EventTime eventTime;
    private final int[] indexes;
    private final Object[] row;

    RowPlan(RowSchema schema, RowReader reader, Node node, EventTime eventTime) {
        this.reader = reader;
        this.schema = schema;
        this.node = node;
        this.eventTime = eventTime;
        this.indexes = node.columns().stream()
                .mapToInt(use -> schema.indexOf(use.column()))
                .toArray();
        this.row = new Object[schema.columns().size()];
    }

    /** @return the columns that the schema does not have */
    List<ColumnUse> missing() {
        List<ColumnUse> missing = new ArrayList<>();
        for (int i = 0; i < indexes.length; i++) {
            if (indexes[i] < 0) {
                missing.add(node.columns().get(i));
            }
        }
        return missing;
    }

    /**
     * @return the values; the slot of the event time is null where the time is not a column of the row
     * @throws MalformedRowException where the bytes are no such row
     * @throws UncountableException where amount, quantity or time are not what they should be
     */
    Object[] read(byte[] bytes, int offset, int length) throws MalformedRowException, UncountableException {
        reader.read(bytes, offset, length, row);
        Object[] values = new Object[node.width()];
        for (int i = 0; i < indexes.length; i++) {
            ColumnUse use = node.columns().get(i);
            if (indexes[i] >= 0) {
                values[use.slot()] = value(use, schema.columns().get(indexes[i]), row[indexes[i]]);
            } else if (use.role() == ColumnUse.Role.AMOUNT || use.role() == ColumnUse.Role.TIME) {
                throw new UncountableException("column " + use.column() + " does not exist; columns are "
                        + schema.columns() + ": correct amount, quantity or time of the aggregate");
            }
        }
        return values;
    }

    private Object value(ColumnUse use, Column column, Object value) throws UncountableException {
        try {
            switch (use.role()) {
                case AMOUNT:
                    return ColumnValues.number(column.type(), value);
                case TIME:
                    return ColumnValues.time(column.type(), value, eventTime);
                case JOIN:
                    return ColumnValues.key(column.type(), value);
                default:
                    return ColumnValues.group(column.type(), value);
            }
        } catch (UncountableException e) {
            throw new UncountableException("column " + column.name() + " " + e.getMessage());
        }
    }
}
