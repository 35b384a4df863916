package io.tributary.lake.schema;

import io.tributary.row.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hudi.org.apache.avro.Schema;
import org.apache.hudi.org.apache.avro.generic.GenericData;
import org.apache.hudi.org.apache.avro.generic.GenericFixed;
import org.apache.hudi.org.apache.avro.util.Utf8;

/** Column values to and from the objects that Avro's writers and readers of parquet use. */
public final class AvroValues {
    private AvroValues() {}

    /**
     * @param value of that type, not null
     * @param schema of the field, nullable or not
     */
    public static Object toAvro(ColumnType type, Object value, Schema schema) {
        switch (type.kind()) {
            case DECIMAL:
                return fixed((BigDecimal) value, AvroSchemas.notNull(schema));
            case BYTES:
                return ByteBuffer.wrap((byte[]) value);
            case ARRAY:
                List<?> items = (List<?>) value;
                Schema element = AvroSchemas.notNull(schema).getElementType();
                List<Object> converted = new ArrayList<>(items.size());
                for (Object item : items) {
                    converted.add(item == null ? null : toAvro(type.element(), item, element));
                }
                return converted;
            case STRING:
                return text((String) value);
            default:
                return value;
        }
    }

    /**
     * @param text may be null
     * @return the text as Avro's own class, which Parquet's writer takes the bytes of: other texts it encodes with two
     *     buffers each, and compares slowly
     */
    public static Utf8 text(String text) {
        return text == null ? null : new Utf8(text);
    }

    /** @param value as a reader gave it, not null */
    public static Object fromAvro(ColumnType type, Object value) {
        switch (type.kind()) {
            case DECIMAL:
                byte[] unscaled = value instanceof GenericFixed ? ((GenericFixed) value).bytes() : bytes(value);
                return new BigDecimal(new BigInteger(unscaled), type.scale());
            case STRING:
                return value.toString();
            case BYTES:
                return bytes(value);
            case ARRAY:
                List<Object> items = new ArrayList<>();
                for (Object item : (Iterable<?>) value) {
                    items.add(item == null ? null : fromAvro(type.element(), item));
                }
                return items;
            default:
                return value;
        }
    }

    private static GenericFixed fixed(BigDecimal value, Schema schema) {
        byte[] unscaled = value.unscaledValue().toByteArray();
        byte[] padded = new byte[schema.getFixedSize()];
        int start = padded.length - unscaled.length;
        Arrays.fill(padded, 0, start, (byte) (unscaled[0] < 0 ? -1 : 0));
        System.arraycopy(unscaled, 0, padded, start, unscaled.length);
        return new GenericData.Fixed(schema, padded);
    }

    private static byte[] bytes(Object value) {
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
