package io.tributary.lake.merge;

import io.tributary.lake.schema.MetaColumn;
import io.tributary.lake.schema.TableSchema;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of {@code __column_positions}: a JSON object from column to position, for the columns whose values are older
 * than the row. {@code "*"} stands for all columns but the key's.
 */
public final class ColumnPositions {
    private static final String ALL = "*";

    private ColumnPositions() {}

    /** @return the text, or null where all columns are as new as the row */
    public static String write(RowState row, TableSchema schema) {
        if (row.complete()) {
            return null;
        }
        Map<String, String> positions = new TreeMap<>();
        String common = null;
        boolean alike = true;
        for (int i = 0; i < row.size(); i++) {
            String name = schema.columns().get(i).name();
            if (!schema.keyColumns().contains(name)) {
                String position = row.columnPosition(i);
                alike &= common == null || common.equals(position);
                common = position;
                positions.put(name, position);
            }
        }
        positions.values().removeIf(row.position()::equals);
        if (positions.isEmpty()) {
            return null;
        }
        return TextMap.write(alike ? Map.of(ALL, common) : positions);
    }

    /** @return for each column its position, null for that of the row; null where the text is null */
    public static String[] read(String text, TableSchema schema) {
        if (text == null) {
            return null;
        }
        Map<String, String> positions = TextMap.read(text, MetaColumn.COLUMN_POSITIONS.columnName());
        String[] read = new String[schema.columns().size()];
        for (int i = 0; i < read.length; i++) {
            String name = schema.columns().get(i).name();
            read[i] = schema.keyColumns().contains(name) ? null : positions.getOrDefault(name, positions.get(ALL));
        }
        return read;
    }
}
