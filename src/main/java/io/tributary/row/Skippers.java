package io.tributary.row;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.avro.Schema;

/** Resolves {@link Skipper}s from schemas; refuses those whose values could not be passed over in bounded time. */
public final class Skippers {
    private static final int MAX_DEPTH = 64;

    private Skippers() {}

    /**
     * @param path names the field in messages
     * @throws UnsupportedSchemaException where the schema contains itself, is nested too deeply, or has arrays of
     *     items that take no bytes (any number of which fits into a few bytes)
     */
    public static Skipper of(Schema schema, String path) throws UnsupportedSchemaException {
        return resolve(schema, path, new ArrayDeque<>());
    }

    private static Skipper resolve(Schema schema, String path, Deque<Schema> outer) throws UnsupportedSchemaException {
        if (outer.size() > MAX_DEPTH || outer.stream().anyMatch(each -> each == schema)) {
            throw new UnsupportedSchemaException(path + " has a schema that contains itself or is nested deeper than "
                    + MAX_DEPTH + "; rows of a table are flat");
        }
        outer.push(schema);
        try {
            return resolveNested(schema, path, outer);
        } finally {
            outer.pop();
        }
    }

    private static Skipper resolveNested(Schema schema, String path, Deque<Schema> outer)
            throws UnsupportedSchemaException {
        switch (schema.getType()) {
            case NULL:
                return in -> {};
            case BOOLEAN:
                return AvroInput::readBoolean;
            case INT:
                return AvroInput::readInt;
            case LONG:
                return AvroInput::readLong;
            case FLOAT:
                return in -> in.skip(4);
            case DOUBLE:
                return in -> in.skip(8);
            case STRING:
            case BYTES:
                return AvroInput::skipText;
            case FIXED:
                int size = schema.getFixedSize();
                return in -> in.skip(size);
            case ENUM:
                int symbols = schema.getEnumSymbols().size();
                return in -> in.readBranch(symbols);
            case UNION:
                return union(resolveAll(schema.getTypes(), path, outer));
            case RECORD:
                return record(schema, path, outer);
            case ARRAY:
                return array(schema.getElementType(), path, outer);
            case MAP:
                return map(resolve(schema.getValueType(), path + "{}", outer));
            default:
                throw new UnsupportedSchemaException(path + " has the unknown Avro type " + schema.getType());
        }
    }

    private static List<Skipper> resolveAll(List<Schema> schemas, String path, Deque<Schema> outer)
            throws UnsupportedSchemaException {
        List<Skipper> skippers = new ArrayList<>();
        for (Schema each : schemas) {
            skippers.add(resolve(each, path, outer));
        }
        return skippers;
    }

    private static Skipper union(List<Skipper> resolved) {
        Skipper[] branches = resolved.toArray(new Skipper[0]);
        return in -> branches[in.readBranch(branches.length)].skip(in);
    }

    private static Skipper record(Schema schema, String path, Deque<Schema> outer) throws UnsupportedSchemaException {
        int count = schema.getFields().size();
        Skipper[] fields = new Skipper[count];
        String[] names = new String[count];
        for (Schema.Field field : schema.getFields()) {
            names[field.pos()] = field.name();
            fields[field.pos()] = resolve(field.schema(), path + "." + field.name(), outer);
        }
        return in -> {
            for (int i = 0; i < fields.length; i++) {
                try {
                    fields[i].skip(in);
                } catch (MalformedRowException e) {
                    throw e.in(names[i]);
                }
            }
        };
    }

    private static Skipper array(Schema items, String path, Deque<Schema> outer) throws UnsupportedSchemaException {
        Skipper item = resolve(items, path + "[]", outer);
        if (isEmpty(items)) {
            throw new UnsupportedSchemaException(path + " is an array of items without content");
        }
        Skipper plain = in -> {
            for (int count = in.readBlock(); count != 0; count = in.readBlock()) {
                for (int i = 0; i < count; i++) {
                    item.skip(in);
                }
            }
        };
        NumberArrays numbers = NumberArrays.of(items);
        return numbers == null ? plain : numbers::skip;
    }

    private static Skipper map(Skipper value) {
        return in -> {
            for (int count = in.readBlock(); count != 0; count = in.readBlock()) {
                for (int i = 0; i < count; i++) {
                    in.skipText();
                    value.skip(in);
                }
            }
        };
    }

    private static boolean isEmpty(Schema schema) {
        switch (schema.getType()) {
            case NULL:
                return true;
            case FIXED:
                return schema.getFixedSize() == 0;
            case RECORD:
                return schema.getFields().stream().allMatch(field -> isEmpty(field.schema()));
            default:
                return false;
        }
    }
}
