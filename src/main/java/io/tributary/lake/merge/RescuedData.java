package io.tributary.lake.merge;

import io.tributary.lake.schema.MetaColumn;
import io.tributary.lake.schema.TableSchema;
import io.tributary.row.Values;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of {@code __rescued_data}: a JSON object from column to the exact text of a value that the column cannot hold, or
 * whose column the table does not have.
 */
public final class RescuedData {
    private RescuedData() {}

    /** @return the text, or null where every value is in its column */
    public static String write(RowState row, TableSchema schema) {
        TreeMap<String, String> rescued = null;
        for (int i = 0; i < row.size(); i++) {
            if (row.value(i) instanceof Values.Rescued) {
                rescued = rescued == null ? new TreeMap<>() : rescued;
                rescued.put(schema.columns().get(i).name(), ((Values.Rescued) row.value(i)).text());
            }
        }
        if (!row.unplaced().isEmpty()) {
            rescued = rescued == null ? new TreeMap<>() : rescued;
            row.unplaced().forEachText(rescued::put);
        }
        return rescued == null || rescued.isEmpty() ? null : TextMap.write(rescued);
    }

    /** @return text by column; empty where the text is null */
    public static Map<String, String> read(String text) {
        return TextMap.read(text, MetaColumn.RESCUED_DATA.columnName());
    }
}
