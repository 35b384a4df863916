package io.tributary.row;

import java.math.BigDecimal;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Exact numbers: Kafka Connect's {@code Decimal} (unscaled bytes, the scale in the schema), Avro's decimal, and Debezium's
 * {@code VariableScaleDecimal} (the scale in each value;
 * https://debezium.io/documentation/reference/2.7/connectors/postgresql.html#postgresql-decimal-types).
 */
final class DecimalTypes {
    private static final String CONNECT_DECIMAL = "org.apache.kafka.connect.data.Decimal";
    private static final String VARIABLE_SCALE = "io.debezium.data.VariableScaleDecimal";
    /** More than PostgreSQL's numeric has (131,072 digits before the point, 16,383 after it). */
    private static final int MAX_BYTES = 65_536;

    private static final int MAX_SCALE = 150_000;

    private DecimalTypes() {}

    static boolean isDecimal(Schema schema) {
        String semantic = ColumnTypes.semantic(schema);
        return semantic.equals(CONNECT_DECIMAL) || semantic.equals("decimal");
    }

    /** @return a decimal column, or text where there are more digits than a decimal column has */
    static ColumnPlan of(Schema schema, String path) throws UnsupportedSchemaException {
        boolean connect = ColumnTypes.semantic(schema).equals(CONNECT_DECIMAL);
        int scale = connect ? parameter(schema, "scale", 0, path) : property(schema, "scale", 0);
        int precision = connect
                ? parameter(schema, "connect.decimal.precision", ColumnType.MAX_DECIMAL_PRECISION, path)
                : property(schema, "precision", ColumnType.MAX_DECIMAL_PRECISION);
        if (Math.abs((long) scale) > MAX_SCALE) {
            throw new UnsupportedSchemaException(path + " is a decimal of scale " + scale);
        }
        int size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
        if (scale < 0 || precision < 1 || Math.max(precision, scale) > ColumnType.MAX_DECIMAL_PRECISION) {
            return new ColumnPlan(ColumnType.STRING, in -> text(read(in, size, scale)));
        }
        ColumnType type = ColumnType.decimal(Math.max(precision, scale), scale);
        return new ColumnPlan(type, in -> fit(read(in, size, scale), type.precision()));
    }

    static boolean isVariableScale(Schema schema) {
        return ColumnTypes.semantic(schema).equals(VARIABLE_SCALE)
                && schema.getFields().size() == 2
                && isField(schema, 0, "scale", Schema.Type.INT)
                && isField(schema, 1, "value", Schema.Type.BYTES);
    }

    static ColumnPlan variableScale(Schema schema) {
        return new ColumnPlan(ColumnType.STRING, in -> {
            int scale = in.readInt();
            if (Math.abs((long) scale) > MAX_SCALE) {
                throw in.malformed("a decimal of scale " + scale);
            }
            return text(read(in, -1, scale));
        });
    }

    private static boolean isField(Schema schema, int index, String name, Schema.Type type) {
        Schema.Field field = schema.getFields().get(index);
        return field.name().equals(name) && field.schema().getType() == type;
    }

    /** @param size of a fixed; -1 for bytes, which have their length before them */
    private static Object read(AvroInput in, int size, int scale) throws MalformedRowException {
        if (size < 0 && in.skipPlaceholder()) {
            return Values.UNAVAILABLE;
        }
        int length = size < 0 ? in.readLength() : size;
        if (length == 0 || length > MAX_BYTES) {
            throw in.malformed("a decimal of " + length + " bytes");
        }
        return new BigDecimal(in.readUnscaled(length), scale);
    }

    private static Object text(Object value) {
        return value instanceof BigDecimal ? ((BigDecimal) value).toPlainString() : value;
    }

    private static Object fit(Object value, int precision) {
        boolean fits = !(value instanceof BigDecimal) || ((BigDecimal) value).precision() <= precision;
        return fits ? value : new Values.Rescued(((BigDecimal) value).toPlainString());
    }

    private static int parameter(Schema schema, String name, int absent, String path)
            throws UnsupportedSchemaException {
        Object parameters = schema.getObjectProp("connect.parameters");
        Object text = parameters instanceof Map ? ((Map<?, ?>) parameters).get(name) : null;
        if (text == null) {
            return name.equals("scale") ? property(schema, name, absent) : absent;
        }
        try {
            return Integer.parseInt(text.toString());
        } catch (NumberFormatException e) {
            throw new UnsupportedSchemaException(
                    path + " has connect.parameters." + name + " " + text + ", which is no whole number");
        }
    }

    private static int property(Schema schema, String name, int absent) {
        Object value = schema.getObjectProp(name);
        return value instanceof Number ? ((Number) value).intValue() : absent;
    }
}
