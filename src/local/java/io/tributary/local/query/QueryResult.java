package io.tributary.local.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of a table or a statement.
 *
 * @param columns their names, in order
 * @param rows one value per column: null, {@link Boolean}, a number, {@link String}, {@link java.time.LocalDate},
 *     {@link java.time.LocalTime}, {@link java.time.LocalDateTime} (UTC), {@code byte[]} or a {@link List} of these
 */
public record QueryResult(List<String> columns, List<List<Object>> rows) {
    /** @return the rows as maps from column to value */
    public List<Map<String, Object>> asMaps() {
        List<Map<String, Object>> maps = new ArrayList<>(rows.size());
        for (List<Object> row : rows) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                map.put(columns.get(i), row.get(i));
            }
            maps.add(map);
        }
        return maps;
    }

    /** @return the rows with each value as the csv format writes it, null for NULL */
    public List<List<String>> asText() {
        List<List<String>> texts = new ArrayList<>(rows.size());
        for (List<Object> row : rows) {
            List<String> text = new ArrayList<>(row.size());
            row.forEach(value -> text.add(value == null ? null : ValueText.of(value)));
            texts.add(text);
        }
        return texts;
    }
}
