package io.tributary.local.recording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What a database table held: its columns and rows, values as the database prints them, null for NULL.
 *
 * @param columns in the table's order; the key comes first
 * @param rows one value per column
 */
public record Truth(List<String> columns, List<List<String>> rows) {
    private static final String NULL = "\\N";

    /** Reads CSV with a header; {@code \N} is null, fields may be quoted. */
    static Truth parse(String csv) {
        List<List<String>> lines = lines(csv);
        List<String> header = lines.isEmpty() ? List.of() : lines.get(0);
        return new Truth(header, Collections.unmodifiableList(lines.subList(Math.min(1, lines.size()), lines.size())));
    }

    /** @return the rows as maps from column to value */
    public List<Map<String, String>> asMaps() {
        List<Map<String, String>> maps = new ArrayList<>();
        for (List<String> row : rows) {
            Map<String, String> map = new java.util.LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                map.put(columns.get(i), row.get(i));
            }
            maps.add(map);
        }
        return maps;
    }

    private static List<List<String>> lines(String csv) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted) {
                if (c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    field.append(c);
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    field.append(c);
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',') {
                line.add(value(field));
            } else if (c == '\n') {
                line.add(value(field));
                lines.add(line);
                line = new ArrayList<>();
            } else if (c != '\r') {
                field.append(c);
            }
        }
        if (!line.isEmpty() || field.length() > 0) {
            line.add(value(field));
            lines.add(line);
        }
        return lines;
    }

    private static String value(StringBuilder field) {
        String text = field.toString();
        field.setLength(0);
        return NULL.equals(text) ? null : text;
    }
}
