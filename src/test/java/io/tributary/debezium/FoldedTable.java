package io.tributary.debezium;

import io.tributary.row.Column;
import io.tributary.row.MalformedRowException;
import io.tributary.row.RowReader;
import io.tributary.row.RowReaders;
import io.tributary.row.RowSchema;
import io.tributary.row.Values;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The simplest lake: a map from key to row, in which a newer event replaces an older one. */
public final class FoldedTable {
    private final Map<RowSchema, RowReader> readers = new HashMap<>();
    private final Map<String, Row> rows = new TreeMap<>();

    private record Row(String position, boolean deleted, Map<String, Object> values) {}

    public void apply(ChangeEvent event) throws MalformedRowException {
        if (event.op() == Op.TRUNCATE) {
            rows.replaceAll((key, row) ->
                    row.position.compareTo(event.position()) < 0 ? new Row(event.position(), true, row.values) : row);
            return;
        }
        Row stored = rows.get(event.key());
        if (stored != null && stored.position.compareTo(event.position()) >= 0) {
            return;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        if (stored != null && !event.complete()) {
            values.putAll(stored.values);
        }
        Object[] read = new Object[event.schema().columns().size()];
        readers.computeIfAbsent(event.schema(), RowReaders::of)
                .read(event.bytes(), event.offset(), event.length(), read);
        for (int i = 0; i < read.length && event.op() != Op.DELETE; i++) {
            Column column = event.schema().columns().get(i);
            if (read[i] != Values.UNAVAILABLE) {
                values.put(column.name(), read[i]);
            }
        }
        rows.put(event.key(), new Row(event.position(), event.op() == Op.DELETE, values));
    }

    /** @return the rows that are not deleted, by key */
    public Map<String, Map<String, Object>> live() {
        Map<String, Map<String, Object>> live = new TreeMap<>();
        rows.forEach((key, row) -> {
            if (!row.deleted) {
                live.put(key, row.values);
            }
        });
        return live;
    }

    /** @return all rows by key, those that are deleted with their last known values */
    public Map<String, Map<String, Object>> all() {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        rows.forEach((key, row) -> all.put(key, row.values));
        return all;
    }
}
