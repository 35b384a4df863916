package io.tributary.lake.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.row.ColumnType;
import io.tributary.row.Infinity;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** From the exact text of a value ({@link ValueText}) back to a value of a column's type, where nothing is lost by it. */
public final class ExactText {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final long MICROS = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;

    private ExactText() {}

    /**
     * @return the value; null where the column's type cannot hold exactly this one. Text for a BYTES column is always
     *     refused, since it may be base64 of bytes or a text that looks so; so is what a FLOAT column would round
     */
    public static Object parse(ColumnType type, String text) {
        try {
            switch (type.kind()) {
                case BOOLEAN:
                    return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
                case INT:
                    return number(text).intValueExact();
                case LONG:
                    return number(text).longValueExact();
                case FLOAT:
                    return real(text) ? floatOf(text) : null;
                case DOUBLE:
                    return real(text) ? doubleOf(text) : null;
                case DECIMAL:
                    BigDecimal decimal = number(text).setScale(type.scale());
                    return decimal.precision() <= type.precision() ? decimal : null;
                case DATE:
                    return Math.toIntExact(LocalDate.parse(text).toEpochDay());
                case TIMESTAMP:
                    Long infinity = Infinity.micros(text);
                    return infinity != null ? infinity : micros(Instant.parse(text));
                case STRING:
                    return text;
                case ARRAY:
                    return array(type.element(), JSON.readTree(text));
                default:
                    return null;
            }
        } catch (ArithmeticException | NumberFormatException | DateTimeException | JsonProcessingException e) {
            return null;
        }
    }

    /** What {@link ValueText} writes of numbers has no plus sign and no needless zeros before it. */
    private static BigDecimal number(String text) {
        if (!text.matches("-?(0|[1-9][0-9]{0,999})(\\.[0-9]{1,999})?([eE][-+]?[0-9]{1,3})?")) {
            throw new NumberFormatException();
        }
        return new BigDecimal(text);
    }

    private static boolean real(String text) {
        return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity") || number(text) != null;
    }

    /** A double's text may look like a float's and be another number: only what both have is certain. */
    private static Float floatOf(String text) {
        float value = Float.parseFloat(text);
        return Double.compare(value, Double.parseDouble(text)) == 0 && doubleOf(text) != null ? value : null;
    }

    private static Double doubleOf(String text) {
        double value = Double.parseDouble(text);
        boolean special = Double.isNaN(value) || text.endsWith("Infinity");
        boolean exact = special
                || !Double.isInfinite(value)
                        && new BigDecimal(text).compareTo(new BigDecimal(Double.toString(value))) == 0;
        return exact ? value : null;
    }

    private static Long micros(Instant instant) {
        if (instant.getNano() % NANOS_OF_MICRO != 0) {
            return null;
        }
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / NANOS_OF_MICRO);
    }

    private static List<Object> array(ColumnType element, JsonNode json) {
        if (json == null || !json.isArray()) {
            return null;
        }
        List<Object> values = new ArrayList<>(json.size());
        for (JsonNode item : json) {
            Object value = item.isNull() ? null : parse(element, item.isArray() ? item.toString() : item.asText());
            if (value == null && !item.isNull()) {
                return null;
            }
            values.add(value);
        }
        return values;
    }
}
