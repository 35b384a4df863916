package io.tributary.lake.write;

import io.tributary.lake.merge.RowState;
import io.tributary.lake.merge.UnplacedValues;
import io.tributary.lake.schema.TableSchema;
import io.tributary.row.MalformedRowException;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/** Makes the rows that wait for one table into rows of its schema: converted, and folded by key. Not thread-safe. */
final class IncomingRows {
    private final TableSchema schema;
    private final Map<RowSchemaRef, RowConverter> converters = new IdentityHashMap<>();

    IncomingRows(TableSchema schema) {
        this.schema = schema;
    }

    TableSchema schema() {
        return schema;
    }

    /**
     * @param truncate the table's newest truncate, or null
     * @throws IllegalStateException where a row's bytes cannot be read
     */
    RowState fold(KeyRows rows, LakeMessage.TruncateMessage truncate) {
        RowState state = convert(rows.newest());
        for (KeyRows.Buffered other : rows.others()) {
            state = RowState.merge(state, convert(other));
        }
        return truncate == null ? state : RowState.merge(state, truncated(truncate));
    }

    /** @return what a truncate does to a row: it is deleted, all its values are as old as they were */
    RowState truncated(LakeMessage.TruncateMessage truncate) {
        int size = schema.columns().size();
        String[] positions = new String[size + 1];
        Arrays.fill(positions, RowState.UNKNOWN);
        return new RowState(
                truncate.position(),
                "t",
                true,
                truncate.sourceTsMs(),
                new Object[size],
                positions,
                UnplacedValues.NONE);
    }

    private RowState convert(KeyRows.Buffered buffered) {
        RowConverter converter = converters.get(buffered.schema());
        if (converter == null) {
            converter = new RowConverter(buffered.schema().rows(), schema);
            converters.put(buffered.schema(), converter);
        }
        try {
            return converter.convert(buffered.row());
        } catch (MalformedRowException e) {
            throw new IllegalStateException(
                    "a row of " + buffered.schema().table() + " at position "
                            + buffered.row().position() + " cannot be read: " + e.getMessage(),
                    e);
        }
    }
}
