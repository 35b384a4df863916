package io.tributary.lake.schema;

import io.tributary.row.ColumnType;
import io.tributary.row.ColumnType.Kind;
import io.tributary.row.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Which types hold the values of which others without loss: a small lattice, and the conversions along it. */
public final class TypeWidening {
    private TypeWidening() {}

    /**
     * @return the narrowest type that holds the values of both and into which a stored column of type {@code stored}
     *     can be widened; null where there is none, and the stored type stays
     */
    public static ColumnType join(ColumnType stored, ColumnType incoming) {
        if (stored.equals(incoming)) {
            return stored;
        }
        if (isNumber(stored) && isNumber(incoming)) {
            return joinNumbers(stored.kind(), incoming.kind());
        }
        if (stored.kind() == Kind.DECIMAL && incoming.kind() == Kind.DECIMAL) {
            int scale = Math.max(stored.scale(), incoming.scale());
            int whole = Math.max(stored.precision() - stored.scale(), incoming.precision() - incoming.scale());
            return scale + whole <= ColumnType.MAX_DECIMAL_PRECISION ? ColumnType.decimal(scale + whole, scale) : null;
        }
        if (stored.kind() == Kind.ARRAY && incoming.kind() == Kind.ARRAY) {
            ColumnType element = join(stored.element(), incoming.element());
            return element == null ? null : ColumnType.array(element);
        }
        return null;
    }

    /** @return whether a column of type {@code stored} takes every value of the other type, exactly */
    public static boolean holds(ColumnType stored, ColumnType incoming) {
        return stored.kind() == Kind.STRING || stored.equals(join(stored, incoming));
    }

    private static boolean isNumber(ColumnType type) {
        return type.kind() == Kind.INT
                || type.kind() == Kind.LONG
                || type.kind() == Kind.FLOAT
                || type.kind() == Kind.DOUBLE;
    }

    private static ColumnType joinNumbers(Kind a, Kind b) {
        if (a == Kind.LONG || b == Kind.LONG) {
            return a == Kind.INT || b == Kind.INT ? ColumnType.LONG : null;
        }
        return ColumnType.DOUBLE;
    }

    /**
     * @return a function from values of {@code from} (never null) to values of {@code to}; where a value cannot be held
     *     exactly the result is {@link Values.Rescued}
     */
    public static UnaryOperator<Object> converter(ColumnType from, ColumnType to) {
        if (from.equals(to)) {
            return UnaryOperator.identity();
        }
        if (to.kind() == Kind.STRING) {
            return value -> ValueText.of(from, value);
        }
        switch (to.kind()) {
            case LONG:
                if (from.kind() == Kind.INT) {
                    return value -> ((Integer) value).longValue();
                }
                break;
            case INT:
                if (from.kind() == Kind.LONG) {
                    return value -> fits((Long) value) ? ((Long) value).intValue() : rescue(from, value);
                }
                break;
            case DOUBLE:
                if (from.kind() == Kind.FLOAT || from.kind() == Kind.INT) {
                    return value -> ((Number) value).doubleValue();
                }
                break;
            case DECIMAL:
                if (from.kind() == Kind.DECIMAL) {
                    return value -> rescale((BigDecimal) value, from, to);
                }
                break;
            case ARRAY:
                if (from.kind() == Kind.ARRAY && join(to.element(), from.element()) != null) {
                    return elements(converter(from.element(), to.element()), from);
                }
                break;
            default:
        }
        return value -> rescue(from, value);
    }

    private static boolean fits(long value) {
        return value == (int) value;
    }

    private static Object rescale(BigDecimal value, ColumnType from, ColumnType to) {
        BigDecimal exact = value.stripTrailingZeros();
        int wholeDigits = value.signum() == 0 ? 0 : exact.precision() - exact.scale();
        if (exact.scale() > to.scale() || wholeDigits > to.precision() - to.scale()) {
            return rescue(from, value);
        }
        return value.setScale(to.scale());
    }

    private static UnaryOperator<Object> elements(UnaryOperator<Object> element, ColumnType from) {
        return value -> {
            List<Object> converted = new ArrayList<>();
            for (Object item : (List<?>) value) {
                Object result = item == null ? null : element.apply(item);
                if (result instanceof Values.Rescued) {
                    return rescue(from, value);
                }
                converted.add(result);
            }
            return converted;
        };
    }

    private static Values.Rescued rescue(ColumnType type, Object value) {
        return new Values.Rescued(ValueText.of(type, value));
    }
}
