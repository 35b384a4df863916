package io.tributary.aggregate;

import io.tributary.row.ColumnType;
import io.tributary.row.TimeText;
import io.tributary.row.Values;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * Column values as the {@link Slots} hold them. Null and {@link Values#UNAVAILABLE} stay what they are. Pure functions.
 */
final class ColumnValues {
    /** Of a number that is added up: a few characters of text, 1e999999999, must not make a sum of a gigabyte. */
    private static final int MAX_WHOLE_DIGITS = 30;

    /** All doubles have fewer. */
    private static final int MAX_DECIMALS = 400;

    private ColumnValues() {}

    /**
     * @return a {@link BigDecimal} that is exactly the number as it is written: a double counts by its shortest text,
     *     so 0.1 is one tenth
     * @throws UncountableException where the value is no number, or one that no figure can hold
     */
    static Object number(ColumnType type, Object value) throws UncountableException {
        if (value == null || value == Values.UNAVAILABLE) {
            return value;
        }
        BigDecimal number = exact(type, value);
        if ((long) number.precision() - number.scale() > MAX_WHOLE_DIGITS || number.scale() > MAX_DECIMALS) {
            throw new UncountableException("holds a number that is too long to be added up: at most " + MAX_WHOLE_DIGITS
                    + " digits before the point and " + MAX_DECIMALS + " behind it");
        }
        return number;
    }

    private static BigDecimal exact(ColumnType type, Object value) throws UncountableException {
        if (value instanceof BigDecimal) {
            return (BigDecimal) value;
        }
        if (value instanceof Integer || value instanceof Long) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        boolean text = value instanceof Float
                || value instanceof Double
                || value instanceof String
                || value instanceof Values.Rescued;
        if (!text) {
            throw new UncountableException("is of type " + type + ", which is no number");
        }
        try {
            return new BigDecimal(plain(value).trim());
        } catch (NumberFormatException e) {
            throw new UncountableException("holds a " + type + " that is no number");
        }
    }

    /**
     * @return a {@link Long}, milliseconds since the epoch
     * @throws UncountableException where the value is no time, or out of range
     */
    static Object time(ColumnType type, Object value, EventTime time) throws UncountableException {
        if (value == null || value == Values.UNAVAILABLE) {
            return value;
        }
        switch (type.kind()) {
            case TIMESTAMP:
                if (value instanceof Long) {
                    return EventTime.inRange(Math.floorDiv((Long) value, TimeUnit.MILLISECONDS.toMicros(1)));
                }
                return time.ofText(plain(value));
            case DATE:
                if (value instanceof Integer) {
                    return time.ofDay((Integer) value);
                }
                return time.ofText(plain(value));
            case STRING:
                return time.ofText(plain(value));
            default:
                throw new UncountableException(
                        "is of type " + type + ", which is no time: use a timestamp, date or text");
        }
    }

    /** @return the value as a group shows it: Boolean, Long, BigDecimal or String */
    static Object group(ColumnType type, Object value) {
        if (value == null || value == Values.UNAVAILABLE || value instanceof Boolean || value instanceof BigDecimal) {
            return value;
        }
        boolean plainInt = type.kind() == ColumnType.Kind.INT || type.kind() == ColumnType.Kind.LONG;
        if (plainInt && value instanceof Number) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isNaN(number) || Double.isInfinite(number) ? plain(value) : new BigDecimal(plain(value));
        }
        return text(type, value);
    }

    /** @return the value as the text of a message key that holds it, see {@code ChangeEvent.key()}; null for none */
    static String key(ColumnType type, Object value) {
        if (value == null || value == Values.UNAVAILABLE) {
            return null;
        }
        String text = value instanceof BigDecimal ? ((BigDecimal) value).toPlainString() : text(type, value);
        return text.isEmpty() ? "__empty__" : text;
    }

    private static String text(ColumnType type, Object value) {
        if (type.kind() == ColumnType.Kind.DATE && value instanceof Integer) {
            return TimeText.date((Integer) value);
        }
        if (type.kind() == ColumnType.Kind.TIMESTAMP && value instanceof Long) {
            return TimeText.microInstant((Long) value);
        }
        if (value instanceof byte[]) {
            return Base64.getEncoder().encodeToString((byte[]) value);
        }
        return plain(value);
    }

    private static String plain(Object value) {
        return value instanceof Values.Rescued ? ((Values.Rescued) value).text() : value.toString();
    }
}
