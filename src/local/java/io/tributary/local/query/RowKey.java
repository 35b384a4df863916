package io.tributary.local.query;

import io.tributary.local.cli.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * A row's key as a user writes it: the value of a single key column, or the values of several in their order, separated by
 * commas; each may be written {@code column=value}.
 */
final class RowKey {
    private RowKey() {}

    /**
     * @param text what the user wrote
     * @param columns the table's key columns, in order
     * @return the condition in SQL; values are compared as text
     * @throws UsageException where there are not as many values as columns
     */
    static String condition(String text, List<String> columns) {
        String[] values = columns.size() == 1 ? new String[] {text} : text.split(",", -1);
        if (columns.isEmpty() || values.length != columns.size()) {
            throw new UsageException("The key " + text + " has " + values.length + " values, the table's key has "
                    + columns.size() + " columns: " + String.join(",", columns));
        }
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            String prefix = columns.get(i) + "=";
            String value = values[i].startsWith(prefix) ? values[i].substring(prefix.length()) : values[i];
            conditions.add(
                    "CAST(" + LakeColumn.quote(columns.get(i)) + " AS VARCHAR) = '" + value.replace("'", "''") + "'");
        }
        return String.join(" AND ", conditions);
    }
}
