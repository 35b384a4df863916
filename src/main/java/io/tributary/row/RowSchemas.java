package io.tributary.row;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;

/**
 * Makes {@link RowSchema}s, and hands out the same instance for the same record and key. Thread-safe.
 *
 * <p>The id is a fingerprint of the record's full JSON text and the key columns. Avro's own fingerprints leave out the
 * {@code connect.*} properties, and with them whether a long is a number or a timestamp.
 */
public final class RowSchemas {
    /** More versions than a job ever sees; when there are more the interned ones are forgotten, which is harmless. */
    private static final int MAX_INTERNED = 20_000;

    private static final int ID_BYTES = 12;
    private static final ConcurrentMap<String, RowSchema> INTERNED = new ConcurrentHashMap<>();

    private RowSchemas() {}

    /**
     * @param record the schema of a row, or of a key: a record of flat fields
     * @param keyColumns names of the key's columns, in key order
     * @throws UnsupportedSchemaException where the schema is no record, a field has no lake type, or a key column is
     *     not among the columns; the message says which
     */
    public static RowSchema of(Schema record, List<String> keyColumns) throws UnsupportedSchemaException {
        if (record.getType() != Schema.Type.RECORD) {
            throw new UnsupportedSchemaException("a row is a record, but the schema is "
                    + record.getType().getName() + "; only tables with Debezium's value schema are taken");
        }
        String id = id(record.toString(), keyColumns);
        RowSchema known = INTERNED.get(id);
        if (known != null) {
            return known;
        }
        if (INTERNED.size() >= MAX_INTERNED) {
            INTERNED.clear();
        }
        RowSchema made = make(id, record, keyColumns);
        RowSchema other = INTERNED.putIfAbsent(id, made);
        return other == null ? made : other;
    }

    /**
     * Rebuilds a schema that was sent as text.
     *
     * @param avroJson {@code schema.avro().toString()}
     * @return the schema with the same id
     * @throws IllegalArgumentException where the text is no such schema
     */
    public static RowSchema parse(String avroJson, List<String> keyColumns) {
        RowSchema known = INTERNED.get(id(avroJson, keyColumns));
        if (known != null) {
            return known;
        }
        try {
            return of(
                    new Schema.Parser()
                            .setValidate(false)
                            .setValidateDefaults(false)
                            .parse(avroJson),
                    keyColumns);
        } catch (UnsupportedSchemaException e) {
            throw new IllegalArgumentException("not the text of a row schema: " + e.getMessage(), e);
        }
    }

    /** @return the schema of that id where this process has met it lately; else null */
    public static RowSchema known(String id) {
        return INTERNED.get(id);
    }

    private static RowSchema make(String id, Schema record, List<String> keyColumns) throws UnsupportedSchemaException {
        List<Column> columns = new ArrayList<>();
        List<Integer> fields = new ArrayList<>();
        for (Schema.Field field : record.getFields()) {
            Skippers.of(field.schema(), field.name());
            if (!MetaFields.contains(field.name())) {
                ColumnPlan plan = ColumnTypes.of(field.schema(), field.name());
                columns.add(new Column(field.name(), plan.type(), plan.nullable()));
                fields.add(field.pos());
            }
        }
        RowSchema schema = new RowSchema(
                id,
                record,
                columns,
                fields.stream().mapToInt(Integer::intValue).toArray(),
                new ArrayList<>(keyColumns));
        for (String key : keyColumns) {
            if (schema.indexOf(key) < 0) {
                throw new UnsupportedSchemaException("the key column " + key + " is not among the row's columns "
                        + columns + "; set the key of the table in its Table.<name> group");
            }
        }
        return schema;
    }

    private static String id(String json, List<String> keyColumns) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(json.getBytes(StandardCharsets.UTF_8));
            for (String column : keyColumns) {
                digest.update((byte) 0);
                digest.update(column.getBytes(StandardCharsets.UTF_8));
            }
            byte[] hash = digest.digest();
            StringBuilder id = new StringBuilder(2 * ID_BYTES);
            for (int i = 0; i < ID_BYTES; i++) {
                id.append(Character.forDigit(hash[i] >> 4 & 0xF, 16)).append(Character.forDigit(hash[i] & 0xF, 16));
            }
            return id.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
