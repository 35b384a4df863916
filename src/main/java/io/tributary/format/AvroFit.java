package io.tributary.format;

import java.util.List;
import org.apache.avro.Schema;

/**
 * Whether bytes are exactly one value of a schema in Avro's binary encoding, with nothing left over. Tells two readings of
 * the same bytes apart; reads nothing out. Work and depth are bounded whatever the bytes say.
 */
final class AvroFit {
    private static final int MAX_DEPTH = 200;
    /** Values, of no bytes too (nulls, empty records), beyond those that the bytes bound. */
    private static final int FREE_STEPS = 100_000;

    private final byte[] bytes;
    private final int end;
    private int position;
    private long steps;
    private boolean failed;

    private AvroFit(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.position = offset;
        this.end = bytes.length;
        this.steps = FREE_STEPS + 16L * (end - offset);
    }

    static boolean fits(Schema schema, byte[] bytes, int offset) {
        AvroFit fit = new AvroFit(bytes, offset);
        return fit.value(schema, 0) && fit.position == fit.end;
    }

    private boolean value(Schema schema, int depth) {
        if (depth > MAX_DEPTH || --steps < 0) {
            return false;
        }
        switch (schema.getType()) {
            case NULL:
                return true;
            case BOOLEAN:
                return position < end && (bytes[position] == 0 || bytes[position] == 1) && skip(1);
            case INT:
                return integer();
            case LONG:
                number();
                return !failed;
            case FLOAT:
                return skip(4);
            case DOUBLE:
                return skip(8);
            case FIXED:
                return skip(schema.getFixedSize());
            case STRING:
            case BYTES:
                return position < end && skip(number());
            case ENUM:
                return index(schema.getEnumSymbols().size()) >= 0;
            case UNION:
                return union(schema.getTypes(), depth);
            case RECORD:
                return record(schema, depth);
            case ARRAY:
                return blocks(null, schema.getElementType(), depth);
            case MAP:
                return blocks(Schema.create(Schema.Type.STRING), schema.getValueType(), depth);
            default:
                return false;
        }
    }

    private boolean union(List<Schema> branches, int depth) {
        int branch = index(branches.size());
        return branch >= 0 && value(branches.get(branch), depth + 1);
    }

    private boolean record(Schema schema, int depth) {
        for (Schema.Field field : schema.getFields()) {
            if (!value(field.schema(), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean blocks(Schema key, Schema item, int depth) {
        while (true) {
            int before = position;
            long count = number();
            if (position == before || failed) {
                return false;
            }
            if (count == 0) {
                return true;
            }
            if (count < 0) {
                long size = number();
                if (failed || size < 0 || size > end - position || count == Long.MIN_VALUE) {
                    return false;
                }
                count = -count;
            }
            for (long i = 0; i < count; i++) {
                if (key != null && !value(key, depth + 1) || !value(item, depth + 1)) {
                    return false;
                }
            }
        }
    }

    private int index(int size) {
        long index = number();
        return failed || index < 0 || index >= size ? -1 : (int) index;
    }

    private boolean integer() {
        long value = number();
        return !failed && value == (int) value;
    }

    /** @return the zig-zag number; {@link #failed} where it does not end in ten bytes or in the array */
    private long number() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (position >= end) {
                break;
            }
            byte b = bytes[position++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        failed = true;
        return Long.MIN_VALUE;
    }

    private boolean skip(long length) {
        if (failed || length < 0 || length > end - position) {
            return false;
        }
        position += (int) length;
        return true;
    }
}
