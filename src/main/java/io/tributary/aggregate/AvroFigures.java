package io.tributary.aggregate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Results as Avro: a flat record of the group's columns, {@code sales} (decimal, 2 places), {@code orders} (long),
 * {@code quantity} (decimal, 6 places, where asked for), {@code start} and {@code end} (timestamp-millis, but for a total).
 * The schema follows from the configuration alone, so it stays when a source's column changes its type: a group is text,
 * as JSON would show it, or null. What may come and go with the configuration has null as its default, so that versions of the
 * schema are compatible both ways.
 */
final class AvroFigures {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int PRECISION = 38;
    private static final int QUANTITY_SCALE = 6;

    private final Schema schema;
    private final GenericDatumWriter<GenericData.Record> writer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private BinaryEncoder encoder;

    /** @param schema see {@link #schemaOf} */
    AvroFigures(Schema schema) {
        this.schema = schema;
        this.writer = new GenericDatumWriter<>(schema, new GenericData());
    }

    static Schema schemaOf(AggregateSpec spec) {
        List<Schema.Field> fields = new ArrayList<>();
        for (GroupColumn column : spec.groupBy()) {
            fields.add(optional(column.column(), Schema.create(Schema.Type.STRING)));
        }
        fields.add(new Schema.Field(Result.SALES, decimal(Result.SCALE)));
        fields.add(new Schema.Field(Result.ORDERS, Schema.create(Schema.Type.LONG)));
        if (spec.quantity() != null) {
            fields.add(optional(Result.QUANTITY, decimal(QUANTITY_SCALE)));
        }
        if (!spec.windows().isTotal()) {
            fields.add(optional(Result.START, millis()));
            fields.add(optional(Result.END, millis()));
        }
        String name = spec.name().replaceAll("[^A-Za-z0-9_]", "_").replaceAll("^(?=[0-9])", "_");
        return Schema.createRecord("Figures", "Sales by group and window", "tributary." + name, false, fields);
    }

    /** @return Avro's binary form, without a prefix */
    byte[] encode(Result result) {
        GenericData.Record record = new GenericData.Record(schema);
        List<String> group = groupOf(result);
        for (int i = 0; i < group.size(); i++) {
            record.put(i, group.get(i));
        }
        record.put(Result.SALES, unscaled(result.sales()));
        record.put(Result.ORDERS, result.orders());
        if (schema.getField(Result.QUANTITY) != null) {
            record.put(Result.QUANTITY, unscaled(result.quantity().setScale(QUANTITY_SCALE, RoundingMode.HALF_UP)));
        }
        if (schema.getField(Result.START) != null) {
            record.put(Result.START, result.start());
            record.put(Result.END, result.end());
        }
        try {
            bytes.reset();
            encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
            writer.write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be written", e);
        }
    }

    /** @return the group's values as texts, in the order of {@code group.by}; see {@link GroupText} */
    private static List<String> groupOf(Result result) {
        List<String> values = new ArrayList<>();
        try (JsonParser parser = JSON.createParser("{" + result.group() + "}")) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    values.add(token == JsonToken.VALUE_NULL ? null : parser.getText());
                }
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException("a group is no JSON", e);
        }
    }

    private static ByteBuffer unscaled(BigDecimal number) {
        return ByteBuffer.wrap(number.unscaledValue().toByteArray());
    }

    private static Schema.Field optional(String name, Schema type) {
        Schema nullable = Schema.createUnion(Schema.create(Schema.Type.NULL), type);
        return new Schema.Field(name, nullable, null, Schema.Field.NULL_DEFAULT_VALUE);
    }

    private static Schema decimal(int scale) {
        return LogicalTypes.decimal(PRECISION, scale).addToSchema(Schema.create(Schema.Type.BYTES));
    }

    private static Schema millis() {
        return LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    }
}
