package io.tributary.debezium;

import io.tributary.row.Column;
import io.tributary.row.RowSchema;
import io.tributary.row.TimeText;
import io.tributary.row.Values;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;

/**
 * A row's key as text, in the form of Hudi's key generators: the value of a single column ({@code 7}), or
 * {@code a:1,b:2} for several. Equal keys have equal texts, different keys different ones: in a key of several columns a
 * comma or a backslash inside a value has a backslash before it, and an empty value is {@code __empty__}, so that a text
 * that is just that has a backslash before it.
 */
final class KeyText {
    private static final String EMPTY = "__empty__";

    private KeyText() {}

    /**
     * @param values one for each of the schema's columns; only those of the key are looked at
     * @return the text, or null where a column of the key has no value
     */
    static String of(RowSchema schema, Object[] values) {
        List<String> key = schema.keyColumns();
        if (key.size() == 1) {
            return text(schema, key.get(0), values);
        }
        StringBuilder text = new StringBuilder();
        for (String column : key) {
            String value = text(schema, column, values);
            if (value == null) {
                return null;
            }
            text.append(text.length() == 0 ? "" : ",").append(column).append(':');
            text.append(value.replace("\\", "\\\\").replace(",", "\\,"));
        }
        return text.toString();
    }

    private static String text(RowSchema schema, String name, Object[] values) {
        int index = schema.indexOf(name);
        Column column = schema.columns().get(index);
        Object value = values[index];
        if (value == null || value == Values.UNAVAILABLE) {
            return null;
        }
        if (value instanceof Values.Rescued) {
            return notEmpty(((Values.Rescued) value).text());
        }
        switch (column.type().kind()) {
            case DECIMAL:
                return ((BigDecimal) value).toPlainString();
            case DATE:
                return TimeText.date((Integer) value);
            case TIMESTAMP:
                return TimeText.microInstant((Long) value);
            case BYTES:
                return notEmpty(Base64.getEncoder().encodeToString((byte[]) value));
            default:
                return notEmpty(value.toString());
        }
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        return text.endsWith(EMPTY)
                        && text.chars().limit(text.length() - EMPTY.length()).allMatch(c -> c == '\\')
                ? "\\" + text
                : text;
    }
}
