package io.tributary.row;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Writes values straight from Avro to JSON: records and maps as objects, arrays as arrays, bytes in Base64, dates and
 * timestamps as ISO text, decimals as plain numbers.
 */
final class JsonWriters {
    /** Writes one value. */
    @FunctionalInterface
    interface Writer {
        void write(AvroInput in, JsonGenerator json) throws MalformedRowException, IOException;
    }

    private JsonWriters() {}

    /** @param schema known not to contain itself */
    static Writer of(Schema schema, String path) throws UnsupportedSchemaException {
        switch (schema.getType()) {
            case UNION:
                return union(schema, path);
            case RECORD:
                return DecimalTypes.isVariableScale(schema) ? scalar(schema, path) : record(schema, path);
            case ARRAY:
                return array(of(schema.getElementType(), path + "[]"));
            case MAP:
                return map(of(schema.getValueType(), path + "{}"));
            case NULL:
                return (in, json) -> json.writeNull();
            default:
                return scalar(schema, path);
        }
    }

    private static Writer union(Schema schema, String path) throws UnsupportedSchemaException {
        List<Writer> branches = new ArrayList<>();
        for (Schema branch : schema.getTypes()) {
            branches.add(of(branch, path));
        }
        return (in, json) -> branches.get(in.readBranch(branches.size())).write(in, json);
    }

    private static Writer record(Schema schema, String path) throws UnsupportedSchemaException {
        int count = schema.getFields().size();
        String[] names = new String[count];
        Writer[] fields = new Writer[count];
        for (Schema.Field field : schema.getFields()) {
            names[field.pos()] = field.name();
            fields[field.pos()] = of(field.schema(), path + "." + field.name());
        }
        return (in, json) -> {
            json.writeStartObject();
            for (int i = 0; i < count; i++) {
                json.writeFieldName(names[i]);
                fields[i].write(in, json);
            }
            json.writeEndObject();
        };
    }

    private static Writer array(Writer item) {
        return (in, json) -> {
            json.writeStartArray();
            for (int count = in.readBlock(); count != 0; count = in.readBlock()) {
                for (int i = 0; i < count; i++) {
                    item.write(in, json);
                }
            }
            json.writeEndArray();
        };
    }

    private static Writer map(Writer value) {
        return (in, json) -> {
            json.writeStartObject();
            for (int count = in.readBlock(); count != 0; count = in.readBlock()) {
                for (int i = 0; i < count; i++) {
                    json.writeFieldName(in.readString());
                    value.write(in, json);
                }
            }
            json.writeEndObject();
        };
    }

    private static Writer scalar(Schema schema, String path) throws UnsupportedSchemaException {
        ColumnPlan plan = ColumnTypes.of(schema, path);
        return (in, json) -> scalar(plan.reader().read(in), plan.type(), json);
    }

    /** Writes a value of a column's type; the placeholder of unavailable values as its text. */
    static void scalar(Object value, ColumnType type, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value == Values.UNAVAILABLE) {
            json.writeString(Placeholder.TEXT);
        } else if (value instanceof Values.Rescued) {
            json.writeString(((Values.Rescued) value).text());
        } else {
            ofKind(value, type, json);
        }
    }

    private static void ofKind(Object value, ColumnType type, JsonGenerator json) throws IOException {
        switch (type.kind()) {
            case BOOLEAN:
                json.writeBoolean((Boolean) value);
                break;
            case INT:
                json.writeNumber((Integer) value);
                break;
            case LONG:
                json.writeNumber((Long) value);
                break;
            case FLOAT:
                json.writeNumber((Float) value);
                break;
            case DOUBLE:
                json.writeNumber((Double) value);
                break;
            case DECIMAL:
                json.writeNumber(((BigDecimal) value).toPlainString());
                break;
            case DATE:
                json.writeString(TimeText.date((Integer) value));
                break;
            case TIMESTAMP:
                json.writeString(TimeText.microInstant((Long) value));
                break;
            case BYTES:
                json.writeBinary((byte[]) value);
                break;
            default:
                json.writeString(value.toString());
        }
    }
}
