package io.tributary.debezium;

import io.tributary.row.AvroInput;
import io.tributary.row.MalformedRowException;
import io.tributary.row.Skipper;
import io.tributary.row.Skippers;
import io.tributary.row.UnsupportedSchemaException;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Reads one field into the {@link EventHeader}, or passes over it where it is of no use or of another type than the fact
 * has. Not thread-safe.
 */
final class HeaderField {
    private final String name;
    private final MetaField field;
    private final Skipper skipper;
    private final int branches;
    private final int valueBranch;
    private final Schema.Type type;
    private final RepeatedText text = new RepeatedText();

    private HeaderField(String name, MetaField field, Schema schema) throws UnsupportedSchemaException {
        this.name = name;
        this.skipper = Skippers.of(schema, name);
        List<Schema> types = schema.isUnion() ? schema.getTypes() : List.of(schema);
        int value = 0;
        while (value < types.size() - 1 && types.get(value).getType() == Schema.Type.NULL) {
            value++;
        }
        this.branches = schema.isUnion() ? types.size() : 0;
        this.valueBranch = value;
        this.type = types.get(value).getType();
        boolean single = types.size() == 1 || types.size() == 2 && schema.isNullable();
        this.field = field != null && single && fits(field, type) ? field : null;
    }

    /** @param field what the field says, or null where it is to be passed over */
    static HeaderField of(Schema.Field avro, MetaField field) throws UnsupportedSchemaException {
        return new HeaderField(avro.name(), field, avro.schema());
    }

    private static boolean fits(MetaField field, Schema.Type type) {
        return field.isText()
                ? type == Schema.Type.STRING || field == MetaField.DELETED && type == Schema.Type.BOOLEAN
                : type == Schema.Type.INT || type == Schema.Type.LONG;
    }

    String name() {
        return name;
    }

    void read(AvroInput in, EventHeader header) throws MalformedRowException {
        try {
            if (field == null) {
                skipper.skip(in);
            } else if (branches == 0 || in.readBranch(branches) == valueBranch) {
                readValue(in, header);
            }
        } catch (MalformedRowException e) {
            throw e.in(name);
        }
    }

    private void readValue(AvroInput in, EventHeader header) throws MalformedRowException {
        switch (type) {
            case STRING:
                header.set(field, text.read(in));
                break;
            case BOOLEAN:
                header.set(field, Boolean.toString(in.readBoolean()));
                break;
            case INT:
                header.set(field, in.readInt());
                break;
            default:
                header.set(field, in.readLong());
        }
    }
}
