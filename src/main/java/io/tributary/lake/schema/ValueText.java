package io.tributary.lake.schema;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tributary.row.ColumnType;
import io.tributary.row.Infinity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;

/** A value as exact text, from which it can be made again; an array as JSON. */
public final class ValueText {
    private ValueText() {}

    /** @param value of that type, not null */
    public static String of(ColumnType type, Object value) {
        switch (type.kind()) {
            case DECIMAL:
                return ((BigDecimal) value).toPlainString();
            case DATE:
                return LocalDate.ofEpochDay((Integer) value).toString();
            case TIMESTAMP:
                String infinity = Infinity.text((Long) value);
                return infinity != null
                        ? infinity
                        : Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString();
            case BYTES:
                return Base64.getEncoder().encodeToString((byte[]) value);
            case ARRAY:
                boolean bare = isBareInJson(type.element());
                StringJoiner items = new StringJoiner(",", "[", "]");
                for (Object item : (List<?>) value) {
                    String text = item == null ? "null" : of(type.element(), item);
                    items.add(item == null || bare ? text : quoted(text));
                }
                return items.toString();
            default:
                return value.toString();
        }
    }

    private static boolean isBareInJson(ColumnType element) {
        switch (element.kind()) {
            case BOOLEAN:
            case INT:
            case LONG:
            case FLOAT:
            case DOUBLE:
            case DECIMAL:
            case ARRAY:
                return true;
            default:
                return false;
        }
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
