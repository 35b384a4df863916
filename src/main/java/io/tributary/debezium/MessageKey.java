package io.tributary.debezium;

import io.tributary.format.Encoded;
import io.tributary.row.MalformedRowException;
import io.tributary.row.RowReader;
import io.tributary.row.RowReaders;
import io.tributary.row.RowSchema;
import io.tributary.row.RowSchemas;
import io.tributary.row.UnsupportedSchemaException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The keys of one key schema: Debezium's key is a record of the key's columns
 * (https://debezium.io/documentation/reference/2.7/connectors/postgresql.html#postgresql-change-event-keys). Not
 * thread-safe.
 */
final class MessageKey {
    /** What ByLogicalTableRouter adds to keys; the table is told by the source block. */
    private static final String ROUTER_PREFIX = "__dbz__";

    private final RowSchema schema;
    private final String refusal;
    private final RowReader reader;
    private final Object[] values;

    private MessageKey(RowSchema schema, String refusal) {
        this.schema = schema;
        this.refusal = refusal;
        this.reader = schema == null ? null : RowReaders.of(schema);
        this.values = schema == null ? null : new Object[schema.columns().size()];
    }

    static MessageKey of(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            return new MessageKey(
                    null, "the message key is " + schema.getType().getName() + " and no record of key columns");
        }
        List<String> columns = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            if (!field.name().startsWith(ROUTER_PREFIX)) {
                columns.add(field.name());
            }
        }
        if (columns.isEmpty()) {
            return new MessageKey(null, "the message key has no columns");
        }
        try {
            return new MessageKey(RowSchemas.of(schema, columns), null);
        } catch (UnsupportedSchemaException e) {
            return new MessageKey(null, "the message key cannot be used: " + e.getMessage());
        }
    }

    /** @return why such keys identify no row; null where they do */
    String refusal() {
        return refusal;
    }

    /** @return the schema of the key as a row; null where it is refused */
    RowSchema schema() {
        return schema;
    }

    /** @return the key as text; null where a column of it is null */
    String read(Encoded key) throws MalformedRowException {
        try {
            reader.read(key.bytes(), key.offset(), key.length(), values);
        } catch (MalformedRowException e) {
            throw e.in("key");
        }
        return KeyText.of(schema, values);
    }
}
