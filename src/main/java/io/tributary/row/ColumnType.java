package io.tributary.row;

import java.io.Serializable;
import java.util.Objects;

/**
 * The type of a lake column, and with it the Java class of its values:
 *
 * <table>
 * <caption>kinds and values</caption>
 * <tr><td>BOOLEAN</td><td>{@link Boolean}</td></tr>
 * <tr><td>INT, LONG, FLOAT, DOUBLE</td><td>{@link Integer}, {@link Long}, {@link Float}, {@link Double}</td></tr>
 * <tr><td>DECIMAL(precision, scale)</td><td>{@link java.math.BigDecimal} of exactly that scale; precision at most 38</td></tr>
 * <tr><td>DATE</td><td>{@link Integer}, days since 1970-01-01, negative before</td></tr>
 * <tr><td>TIMESTAMP</td><td>{@link Long}, microseconds since 1970-01-01T00:00:00Z; {@link Infinity} for
 * PostgreSQL's {@code infinity}</td></tr>
 * <tr><td>STRING</td><td>{@link String}</td></tr>
 * <tr><td>BYTES</td><td>{@code byte[]}</td></tr>
 * <tr><td>ARRAY(element)</td><td>{@link java.util.List} of the element's values and nulls</td></tr>
 * </table>
 */
public final class ColumnType implements Serializable {
    /** What the values are. */
    public enum Kind {
        BOOLEAN,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        DECIMAL,
        DATE,
        TIMESTAMP,
        STRING,
        BYTES,
        ARRAY
    }

    private static final long serialVersionUID = 1L;

    public static final int MAX_DECIMAL_PRECISION = 38;
    public static final ColumnType BOOLEAN = new ColumnType(Kind.BOOLEAN, 0, 0, null);
    public static final ColumnType INT = new ColumnType(Kind.INT, 0, 0, null);
    public static final ColumnType LONG = new ColumnType(Kind.LONG, 0, 0, null);
    public static final ColumnType FLOAT = new ColumnType(Kind.FLOAT, 0, 0, null);
    public static final ColumnType DOUBLE = new ColumnType(Kind.DOUBLE, 0, 0, null);
    public static final ColumnType DATE = new ColumnType(Kind.DATE, 0, 0, null);
    public static final ColumnType TIMESTAMP = new ColumnType(Kind.TIMESTAMP, 0, 0, null);
    public static final ColumnType STRING = new ColumnType(Kind.STRING, 0, 0, null);
    public static final ColumnType BYTES = new ColumnType(Kind.BYTES, 0, 0, null);

    private final Kind kind;
    private final int precision;
    private final int scale;
    private final ColumnType element;

    private ColumnType(Kind kind, int precision, int scale, ColumnType element) {
        this.kind = kind;
        this.precision = precision;
        this.scale = scale;
        this.element = element;
    }

    /** @throws IllegalArgumentException unless 1 &lt;= precision &lt;= 38 and 0 &lt;= scale &lt;= precision */
    public static ColumnType decimal(int precision, int scale) {
        if (precision < 1 || precision > MAX_DECIMAL_PRECISION || scale < 0 || scale > precision) {
            throw new IllegalArgumentException("no such decimal: precision " + precision + ", scale " + scale);
        }
        return new ColumnType(Kind.DECIMAL, precision, scale, null);
    }

    public static ColumnType array(ColumnType element) {
        return new ColumnType(Kind.ARRAY, 0, 0, Objects.requireNonNull(element, "element"));
    }

    public Kind kind() {
        return kind;
    }

    /** @return total digits of a decimal; 0 for other kinds */
    public int precision() {
        return precision;
    }

    /** @return digits after the point of a decimal; 0 for other kinds */
    public int scale() {
        return scale;
    }

    /** @return the type of an array's elements; null for other kinds */
    public ColumnType element() {
        return element;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ColumnType)) {
            return false;
        }
        ColumnType that = (ColumnType) other;
        return kind == that.kind
                && precision == that.precision
                && scale == that.scale
                && Objects.equals(element, that.element);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, precision, scale, element);
    }

    /** @return the type as SQL would name it, e.g. {@code decimal(8,2)} or {@code array<int>} */
    @Override
    public String toString() {
        switch (kind) {
            case DECIMAL:
                return "decimal(" + precision + "," + scale + ")";
            case ARRAY:
                return "array<" + element + ">";
            case LONG:
                return "bigint";
            default:
                return kind.name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
