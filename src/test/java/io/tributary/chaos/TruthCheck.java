package io.tributary.chaos;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares a table's rows with those of the model database. */
final class TruthCheck {
    private static final int SHOWN = 5;

    private TruthCheck() {}

    /**
     * @param stored the rows, those included that have {@code __deleted} true
     * @return the first differences, a line each; empty where there are none
     */
    static List<String> differences(ModelTable truth, Iterable<Map<String, Object>> stored) {
        List<String> differences = new ArrayList<>();
        Map<String, Map<String, Object>> byKey = new TreeMap<>();
        for (Map<String, Object> row : stored) {
            if (byKey.put(truth.keyOf(row), row) != null) {
                differences.add(truth.fullName() + " key " + truth.keyOf(row) + " is stored twice");
            }
        }
        TreeSet<String> keys = new TreeSet<>(byKey.keySet());
        keys.addAll(truth.rows().keySet());
        keys.addAll(truth.gone());
        for (String key : keys) {
            String difference = difference(truth, key, byKey.get(key));
            if (difference != null) {
                differences.add(truth.fullName() + " key " + key + ": " + difference);
            }
        }
        return differences.size() > SHOWN ? differences.subList(0, SHOWN) : differences;
    }

    /** A row that came and went before the stream began to be read may be unknown, but nothing else. */
    private static String difference(ModelTable truth, String key, Map<String, Object> stored) {
        Map<String, Object> row = truth.rows().get(key);
        boolean live = stored != null && !"true".equals(stored.get("__deleted"));
        if (row == null) {
            return live
                    ? "the database has no such row, the lake has " + stored
                    : stored == null ? "a deleted row left no trace" : null;
        }
        if (!live) {
            return "the database has " + row + ", the lake " + (stored == null ? "nothing" : "a deleted row " + stored);
        }
        for (ModelColumn column : truth.columns()) {
            Object expected = comparable(row.get(column.name()));
            Object found = comparable(stored.get(column.name()));
            if (!Objects.equals(expected, found)) {
                return column + " is " + expected + " in the database and " + found + " in the lake's row " + stored;
            }
        }
        return null;
    }

    /** Numbers are equal by their value: a column is widened for the rows, too, that were written before. */
    private static Object comparable(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros();
        }
        if (value instanceof Float || value instanceof Double) {
            return ((Number) value).doubleValue();
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }
}
