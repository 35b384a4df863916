package io.tributary.chaos;

import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.Op;
import io.tributary.row.Column;
import io.tributary.row.MalformedRowException;
import io.tributary.row.RowReader;
import io.tributary.row.RowReaders;
import io.tributary.row.RowSchema;
import io.tributary.row.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the order of the events' positions makes of a table: all its events are kept, sorted, and applied one by one. */
final class FoldedLake {
    private final Map<RowSchema, RowReader> readers = new HashMap<>();
    private final Map<String, Map<String, List<ChangeEvent>>> events = new TreeMap<>();
    private final Map<String, List<ChangeEvent>> truncates = new HashMap<>();

    void add(ChangeEvent event) {
        String table = event.table().fullName();
        if (event.op() == Op.TRUNCATE) {
            truncates.computeIfAbsent(table, name -> new ArrayList<>()).add(event);
        } else {
            events.computeIfAbsent(table, name -> new TreeMap<>())
                    .computeIfAbsent(event.key(), key -> new ArrayList<>())
                    .add(event);
        }
    }

    /** @return the rows of a table, the deleted ones with {@code __deleted} true */
    List<Map<String, Object>> rows(String table) throws MalformedRowException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (List<ChangeEvent> ofKey : events.getOrDefault(table, Map.of()).values()) {
            List<ChangeEvent> sorted = new ArrayList<>(ofKey);
            sorted.addAll(truncates.getOrDefault(table, List.of()));
            sorted.sort(Comparator.comparing(ChangeEvent::position));
            Map<String, Object> row = new LinkedHashMap<>();
            for (ChangeEvent event : sorted) {
                apply(event, row);
            }
            rows.add(row);
        }
        return rows;
    }

    private void apply(ChangeEvent event, Map<String, Object> row) throws MalformedRowException {
        boolean gone = event.op() == Op.DELETE || event.op() == Op.TRUNCATE;
        if (!gone || row.isEmpty() && event.op() == Op.DELETE) {
            Object[] values = new Object[event.schema().columns().size()];
            readers.computeIfAbsent(event.schema(), RowReaders::of)
                    .read(event.bytes(), event.offset(), event.length(), values);
            Map<String, Object> before = new LinkedHashMap<>(row);
            row.clear();
            for (int i = 0; i < values.length; i++) {
                Column column = event.schema().columns().get(i);
                row.put(
                        column.name(),
                        values[i] != Values.UNAVAILABLE
                                ? values[i]
                                : event.op() == Op.CREATE ? null : before.get(column.name()));
            }
        }
        row.put("__deleted", Boolean.toString(gone));
    }
}
