package io.tributary.aggregate;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tributary.row.Values;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;

/**
 * The group of a row as text: the members of a JSON object, in the order of {@code group.by}, without the braces, e.g.
 * {@code "country":"India"}. Equal groups have equal texts, so it is the key of the windows and goes to the output as
 * it is.
 */
final class GroupText implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] names;

    GroupText(List<GroupColumn> columns) {
        this.names = new String[columns.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = quoted(columns.get(i).column()) + ":";
        }
    }

    int size() {
        return names.length;
    }

    /** @param values see {@link Slots} */
    String of(Object[] values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            if (i > 0) {
                text.append(',');
            }
            text.append(names[i]).append(json(values[Slots.GROUP + i]));
        }
        return text.toString();
    }

    private static String json(Object value) {
        if (value == Values.UNAVAILABLE) {
            return quoted(Slots.UNKNOWN);
        }
        if (value instanceof String) {
            return quoted((String) value);
        }
        if (value instanceof BigDecimal) {
            return ((BigDecimal) value).toPlainString();
        }
        return String.valueOf(value);
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
