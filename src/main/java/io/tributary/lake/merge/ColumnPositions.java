package io.tributary.lake.merge;

import io.tributary.lake.schema.MetaColumn;
import io.tributary.lake.schema.TableSchema;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of {@code __column_positions}: a JSON object from column to position, where some values are older than the
 * row. {@code "*"} stands for the columns that are not named, those included that the table does not have yet, but for the
 * key's.
 */
public final class ColumnPositions {
    private static final String OTHERS = "*";

    private ColumnPositions() {}

    /** @return the text, or null where all columns are as new as the row */
    public static String write(RowState row, TableSchema schema) {
        if (row.complete()) {
            return null;
        }
        Map<String, String> positions = new TreeMap<>();
        String others = row.columnPosition(row.size());
        if (!others.equals(row.position())) {
            positions.put(OTHERS, others);
        }
        for (int i = 0; i < row.size(); i++) {
            String name = schema.columns().get(i).name();
            String position = row.columnPosition(i);
            if (!schema.keyColumns().contains(name) && !position.equals(others)) {
                positions.put(name, position);
            }
        }
        row.unplaced().forEachPosition((column, position) -> {
            if (!position.equals(others)) {
                positions.put(column, position);
            }
        });
        return positions.isEmpty() ? null : TextMap.write(positions);
    }

    /** @return position by column; empty where the text is null */
    public static Map<String, String> parse(String text) {
        return TextMap.read(text, MetaColumn.COLUMN_POSITIONS.columnName());
    }

    /**
     * @param positions by column, see {@link #parse}
     * @param rowPosition of the row that has them
     * @return as {@link RowState} takes them; null where there are none
     */
    public static String[] read(Map<String, String> positions, TableSchema schema, String rowPosition) {
        if (positions.isEmpty()) {
            return null;
        }
        String others = positions.get(OTHERS);
        int size = schema.columns().size();
        String[] read = new String[size + 1];
        for (int i = 0; i < size; i++) {
            String name = schema.columns().get(i).name();
            String position = schema.keyColumns().contains(name) ? null : positions.getOrDefault(name, others);
            read[i] = rowPosition.equals(position) ? null : position;
        }
        read[size] = others;
        return read;
    }

    /**
     * @param rescued text by column, see {@link RescuedData#read}
     * @return the values of columns that the table does not have
     */
    public static UnplacedValues unplaced(
            Map<String, String> rescued, Map<String, String> positions, TableSchema schema, String rowPosition) {
        if (rescued.isEmpty() && positions.isEmpty()) {
            return UnplacedValues.NONE;
        }
        return UnplacedValues.read(
                rescued,
                positions,
                positions.getOrDefault(OTHERS, rowPosition),
                column -> column.equals(OTHERS) || schema.indexOf(column) >= 0);
    }
}
