package io.tributary.aggregate;

import io.tributary.row.Values;
import io.tributary.types.Binary;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.base.BigDecSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The few values of a row that an aggregate needs, in an array. For a row of the aggregate's table the first are amount
 * ({@link BigDecimal}), quantity ({@link BigDecimal}) and event time ({@link Long}, milliseconds); then come those of
 * the group, then the keys of dimensions. A value is null, {@link Values#UNAVAILABLE}, {@link String}, {@link Long},
 * {@link BigDecimal} or {@link Boolean}.
 */
final class Slots {
    static final int AMOUNT = 0;
    static final int QUANTITY = 1;
    static final int TIME = 2;
    /** The first value of the group. */
    static final int GROUP = 3;

    /** Stands for a column of a dimension row that does not exist. */
    static final String UNKNOWN = "unknown";

    private static final int TAG_NULL = 0;
    private static final int TAG_UNAVAILABLE = 1;
    private static final int TAG_TEXT = 2;
    private static final int TAG_LONG = 3;
    private static final int TAG_DECIMAL = 4;
    private static final int TAG_TRUE = 5;
    private static final int TAG_FALSE = 6;

    private Slots() {}

    /**
     * @param before the values so far; null where the row is new
     * @return the values, where those that the event does not carry are the ones before
     */
    static Object[] merge(Object[] before, Object[] values) {
        if (before == null) {
            return values;
        }
        Object[] merged = values;
        for (int i = 0; i < values.length && i < before.length; i++) {
            if (values[i] == Values.UNAVAILABLE) {
                if (merged == values) {
                    merged = values.clone();
                }
                merged[i] = before[i];
            }
        }
        return merged;
    }

    /** @return a copy with {@code from[i]} of the source in {@code to[i]}; {@link #UNKNOWN} where the source is null */
    static Object[] fill(Object[] values, int[] to, Object[] source, int[] from) {
        Object[] filled = values.clone();
        for (int i = 0; i < to.length; i++) {
            filled[to[i]] = source == null ? UNKNOWN : source[from[i]];
        }
        return filled;
    }

    /** @return whether both hold the same values at the indexes */
    static boolean same(Object[] left, Object[] right, int[] indexes) {
        for (int index : indexes) {
            if (left[index] == null ? right[index] != null : !left[index].equals(right[index])) {
                return false;
            }
        }
        return true;
    }

    /** @return the values from {@link #AMOUNT} to the last of the group */
    static Object[] withoutKeys(Object[] values, int groupSize) {
        return values.length == GROUP + groupSize ? values : Arrays.copyOf(values, GROUP + groupSize);
    }

    static void write(Object[] values, DataOutputView out) throws IOException {
        if (values == null) {
            out.writeByte(-1);
            return;
        }
        if (values.length > Byte.MAX_VALUE) {
            throw new IOException(values.length + " columns in one aggregate; at most " + Byte.MAX_VALUE);
        }
        out.writeByte(values.length);
        for (Object value : values) {
            write(value, out);
        }
    }

    /** @return the values, or null where null was written */
    static Object[] read(DataInputView in) throws IOException {
        int length = in.readByte();
        if (length < 0) {
            return null;
        }
        Object[] values = new Object[length];
        for (int i = 0; i < length; i++) {
            values[i] = readValue(in);
        }
        return values;
    }

    private static void write(Object value, DataOutputView out) throws IOException {
        if (value == null) {
            out.writeByte(TAG_NULL);
        } else if (value == Values.UNAVAILABLE) {
            out.writeByte(TAG_UNAVAILABLE);
        } else if (value instanceof String) {
            out.writeByte(TAG_TEXT);
            Binary.writeText((String) value, out);
        } else if (value instanceof Long) {
            out.writeByte(TAG_LONG);
            out.writeLong((Long) value);
        } else if (value instanceof BigDecimal) {
            out.writeByte(TAG_DECIMAL);
            BigDecSerializer.INSTANCE.serialize((BigDecimal) value, out);
        } else if (value instanceof Boolean) {
            out.writeByte((Boolean) value ? TAG_TRUE : TAG_FALSE);
        } else {
            throw new IOException("no slot value: " + value.getClass().getName());
        }
    }

    private static Object readValue(DataInputView in) throws IOException {
        int tag = in.readByte();
        switch (tag) {
            case TAG_NULL:
                return null;
            case TAG_UNAVAILABLE:
                return Values.UNAVAILABLE;
            case TAG_TEXT:
                return Binary.readText(in);
            case TAG_LONG:
                return in.readLong();
            case TAG_DECIMAL:
                return BigDecSerializer.INSTANCE.deserialize(in);
            case TAG_TRUE:
                return Boolean.TRUE;
            case TAG_FALSE:
                return Boolean.FALSE;
            default:
                throw new IOException("unknown tag " + tag + " of a slot value: state of a newer version?");
        }
    }
}
