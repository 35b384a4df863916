package io.tributary.debezium;

import io.tributary.row.MalformedRowException;
import io.tributary.row.RowReader;
import io.tributary.row.RowReaders;
import io.tributary.row.RowSchema;
import java.util.HashSet;

/** Reads the key from the row itself, for tables whose key the configuration overrides. Not thread-safe. */
final class RowKey {
    private final RowSchema schema;
    private final RowReader reader;
    private final Object[] values;

    RowKey(RowSchema schema) {
        this.schema = schema;
        this.reader = RowReaders.of(schema, new HashSet<>(schema.keyColumns()));
        this.values = new Object[schema.columns().size()];
    }

    /** @return the key as text; null where a column of it is null */
    String read(RowImage row, byte[] bytes) throws MalformedRowException {
        reader.read(bytes, row.offset(), row.length(), values);
        return KeyText.of(schema, values);
    }
}
