package io.tributary.lake;

import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.Op;
import io.tributary.debezium.TableId;
import io.tributary.row.AvroBytes;
import io.tributary.row.RowSchema;
import io.tributary.row.RowSchemas;
import io.tributary.row.UnsupportedSchemaException;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Change events of one table whose key is the column {@code id}, made by hand; their positions are numbers. */
public final class Changes {
    public static final String UNAVAILABLE = "__debezium_unavailable_value";
    public static final String NULLABLE_TEXT = "[\"null\",\"string\"]";

    private final TableId table;
    private final RowSchema schema;
    private final RowSchema keySchema;

    private Changes(TableId table, RowSchema schema, RowSchema keySchema) {
        this.table = table;
        this.schema = schema;
        this.keySchema = keySchema;
    }

    /** Of {@code shop.public.<table>} with columns {@code id int, name string, notes string}. */
    public static Changes of(String table) {
        return of(table, "id \"int\"", "name " + NULLABLE_TEXT, "notes " + NULLABLE_TEXT);
    }

    /** @param columns each a name and its type as Avro JSON; the first is the key */
    public static Changes of(String table, String... columns) {
        return new Changes(
                new TableId("shop", "shopdb", "public", table), schema(columns), schema(Arrays.copyOf(columns, 1)));
    }

    /** @return the schema of such columns; the first is the key */
    public static RowSchema schema(String... columns) {
        StringBuilder fields = new StringBuilder();
        for (String column : columns) {
            String[] parts = column.split(" ", 2);
            fields.append(fields.isEmpty() ? "" : ",")
                    .append("{\"name\":\"")
                    .append(parts[0])
                    .append("\",\"type\":")
                    .append(parts[1])
                    .append('}');
        }
        try {
            return RowSchemas.of(
                    AvroBytes.parse("{\"type\":\"record\",\"name\":\"Value\",\"fields\":[" + fields + "]}"),
                    List.of(columns[0].split(" ", 2)[0]));
        } catch (UnsupportedSchemaException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public TableId table() {
        return table;
    }

    public RowSchema schema() {
        return schema;
    }

    /** @param values by column, as Avro's writer takes them; {@link #UNAVAILABLE} makes the row incomplete */
    public ChangeEvent upsert(long position, Object... values) {
        return event(Op.UPDATE, position, !Arrays.asList(values).contains(UNAVAILABLE), schema, values);
    }

    /** The second half of a changed key, or a new row. */
    public ChangeEvent create(long position, Object... values) {
        return event(Op.CREATE, position, !Arrays.asList(values).contains(UNAVAILABLE), schema, values);
    }

    public ChangeEvent delete(long position, Object... before) {
        return event(Op.DELETE, position, false, schema, before);
    }

    /** A delete whose before-image holds the key and nulls. */
    public ChangeEvent deleteWithKeyOnly(long position, Object key) {
        Object[] before = new Object[schema.columns().size()];
        before[0] = key;
        return delete(position, before);
    }

    public ChangeEvent deleteWithoutBefore(long position, Object key) {
        return event(Op.DELETE, position, false, keySchema, key);
    }

    public ChangeEvent truncate(long position) {
        return new ChangeEvent(
                table, Op.TRUNCATE, null, position(position), position, false, null, null, 0, 0, record(position));
    }

    private ChangeEvent event(Op op, long position, boolean complete, RowSchema schema, Object... values) {
        GenericRecord row = new GenericData.Record(schema.avro());
        for (int i = 0; i < values.length; i++) {
            Schema field = schema.avro().getFields().get(i).schema();
            row.put(
                    i,
                    values[i] instanceof Integer n && accepts(field, Schema.Type.LONG) ? Long.valueOf(n) : values[i]);
        }
        byte[] bytes = AvroBytes.of(schema.avro(), row);
        return new ChangeEvent(
                table,
                op,
                String.valueOf(values[0]),
                position(position),
                position,
                complete,
                schema,
                bytes,
                0,
                bytes.length,
                record(position));
    }

    private static boolean accepts(Schema field, Schema.Type type) {
        return field.isUnion()
                ? field.getTypes().stream().anyMatch(branch -> branch.getType() == type)
                : field.getType() == type;
    }

    public static String position(long number) {
        return String.format("%015d", number);
    }

    private RawRecord record(long position) {
        return RawRecord.ofKafka(table.fullName(), 0, position, 1, null, null, Headers.NONE);
    }
}
