package io.tributary.row;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * From a field's Avro schema to its column: the type by the Avro type and by what Kafka Connect's converters note
 * beside it ({@code connect.name}, {@code connect.parameters}), or by Avro's own {@code logicalType}.
 *
 * <p>The semantic types are those of https://debezium.io/documentation/reference/2.7/connectors/postgresql.html#postgresql-data-types
 * and its sisters for MySQL and SQL Server. A type that no lake column holds exactly becomes text that does.
 */
final class ColumnTypes {
    private ColumnTypes() {}

    /**
     * @param path names the field in messages
     * @throws UnsupportedSchemaException for a union of several types, and for a field that can only be null
     */
    static ColumnPlan of(Schema schema, String path) throws UnsupportedSchemaException {
        if (!schema.isUnion()) {
            return ofType(schema, path);
        }
        List<Schema> types = schema.getTypes();
        if (types.size() == 1) {
            ColumnPlan only = of(types.get(0), path);
            return new ColumnPlan(only.type(), in -> {
                in.readBranch(1);
                return only.reader().read(in);
            });
        }
        int nullBranch = schema.getIndexNamed("null") == null ? -1 : schema.getIndexNamed("null");
        if (types.size() != 2 || nullBranch < 0) {
            throw new UnsupportedSchemaException(path + " is a union of " + names(types)
                    + "; a column has one type, and null: change the column's type at the source, or leave it out");
        }
        return ofType(types.get(1 - nullBranch), path).orNull(nullBranch);
    }

    private static ColumnPlan ofType(Schema schema, String path) throws UnsupportedSchemaException {
        switch (schema.getType()) {
            case BOOLEAN:
                return new ColumnPlan(ColumnType.BOOLEAN, AvroInput::readBoolean);
            case INT:
                return TemporalTypes.ofInt(semantic(schema));
            case LONG:
                return TemporalTypes.ofLong(semantic(schema));
            case FLOAT:
                return new ColumnPlan(ColumnType.FLOAT, AvroInput::readFloat);
            case DOUBLE:
                return new ColumnPlan(ColumnType.DOUBLE, AvroInput::readDouble);
            case STRING:
                return TemporalTypes.ofString(semantic(schema));
            case ENUM:
                String[] symbols = schema.getEnumSymbols().toArray(new String[0]);
                return new ColumnPlan(ColumnType.STRING, in -> symbols[in.readBranch(symbols.length)]);
            case BYTES:
                return DecimalTypes.isDecimal(schema)
                        ? DecimalTypes.of(schema, path)
                        : new ColumnPlan(
                                ColumnType.BYTES, in -> in.skipPlaceholder() ? Values.UNAVAILABLE : in.readBytes());
            case FIXED:
                int size = schema.getFixedSize();
                return DecimalTypes.isDecimal(schema)
                        ? DecimalTypes.of(schema, path)
                        : new ColumnPlan(ColumnType.BYTES, in -> in.readFixed(size));
            case ARRAY:
                return array(schema, path);
            case RECORD:
                return DecimalTypes.isVariableScale(schema) ? DecimalTypes.variableScale(schema) : json(schema, path);
            case MAP:
                return json(schema, path);
            default:
                throw new UnsupportedSchemaException(
                        path + " has the Avro type " + schema.getType().getName() + ", which no column can have");
        }
    }

    private static ColumnPlan array(Schema schema, String path) throws UnsupportedSchemaException {
        Schema items = schema.getElementType();
        Schema item = items;
        if (items.isUnion() && items.getTypes().size() == 2 && items.isNullable()) {
            item = items.getTypes().get(items.getIndexNamed("null") == 0 ? 1 : 0);
        }
        switch (item.getType()) {
            case ARRAY:
            case MAP:
            case RECORD:
            case UNION:
                return json(schema, path);
            default:
                ColumnPlan element = of(items, path + "[]");
                return new ColumnPlan(ColumnType.array(element.type()), new ArrayReader(element));
        }
    }

    private static ColumnPlan json(Schema schema, String path) throws UnsupportedSchemaException {
        return new ColumnPlan(ColumnType.STRING, new JsonReader(JsonWriters.of(schema, path)));
    }

    /** @return the semantic type's name: Kafka Connect's where there is one, else Avro's logical type; "" for none */
    static String semantic(Schema schema) {
        String connect = schema.getProp("connect.name");
        if (connect != null) {
            return connect;
        }
        String logical = schema.getProp("logicalType");
        return logical == null ? "" : logical;
    }

    private static List<String> names(List<Schema> types) {
        List<String> names = new ArrayList<>();
        types.forEach(type -> names.add(type.getFullName()));
        return names;
    }
}
