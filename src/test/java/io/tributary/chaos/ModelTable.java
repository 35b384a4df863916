package io.tributary.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** A table of the model database: its columns and rows as they are now, and the keys that it once held. */
final class ModelTable {
    private final String fullName;
    private final List<ModelColumn> key;
    private final int partitions;
    private List<ModelColumn> columns;
    private final TreeMap<String, Map<String, Object>> rows = new TreeMap<>();
    private final TreeSet<String> gone = new TreeSet<>();
    private int version;

    /**
     * @param fullName {@code server.schema.table}
     * @param keyColumns how many of the columns, the first ones, make up the key
     * @param partitions of the table's topic
     */
    ModelTable(String fullName, int keyColumns, int partitions, List<ModelColumn> columns) {
        this.fullName = fullName;
        this.key = List.copyOf(columns.subList(0, keyColumns));
        this.partitions = partitions;
        this.columns = List.copyOf(columns);
    }

    String fullName() {
        return fullName;
    }

    /** @return the last part of the full name */
    String name() {
        return fullName.substring(fullName.lastIndexOf('.') + 1);
    }

    int partitions() {
        return partitions;
    }

    List<ModelColumn> key() {
        return key;
    }

    List<ModelColumn> columns() {
        return columns;
    }

    /** @return counts the changes of the columns */
    int version() {
        return version;
    }

    /** @return the rows by {@link #keyOf} */
    Map<String, Map<String, Object>> rows() {
        return rows;
    }

    /** @return the keys of rows that were deleted and are not there again */
    TreeSet<String> gone() {
        return gone;
    }

    boolean isKey(String column) {
        return key.stream().anyMatch(each -> each.name().equals(column));
    }

    /** @return the values of the key's columns as one text */
    String keyOf(Map<String, Object> row) {
        List<String> values = new ArrayList<>();
        key.forEach(column -> values.add(String.valueOf(row.get(column.name()))));
        return String.join("/", values);
    }

    Map<String, Object> randomRow(Random random) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (ModelColumn column : columns) {
            row.put(column.name(), randomValue(column, random));
        }
        return row;
    }

    Object randomValue(ModelColumn column, Random random) {
        if (isKey(column.name())) {
            return column.kind() == ColumnKind.TEXT
                    ? "s" + random.nextInt(4)
                    : column.kind() == ColumnKind.BIGINT ? (Object) (long) random.nextInt(400) : random.nextInt(60);
        }
        if (column.kind() == ColumnKind.INT && column.name().endsWith("id")) {
            // refers to a row of another table, or to none
            return random.nextInt(70);
        }
        return column.nullable() && random.nextInt(6) == 0
                ? null
                : column.kind().random(random);
    }

    void put(Map<String, Object> row) {
        rows.put(keyOf(row), row);
        gone.remove(keyOf(row));
    }

    void remove(String key) {
        rows.remove(key);
        gone.add(key);
    }

    void truncate() {
        gone.addAll(rows.keySet());
        rows.clear();
    }

    void add(ModelColumn column) {
        List<ModelColumn> wider = new ArrayList<>(columns);
        wider.add(column);
        alter(wider);
        rows.values().forEach(row -> row.put(column.name(), null));
    }

    void drop(ModelColumn column) {
        List<ModelColumn> narrower = new ArrayList<>(columns);
        narrower.remove(column);
        alter(narrower);
        rows.values().forEach(row -> row.remove(column.name()));
    }

    void rename(ModelColumn column, String name) {
        List<ModelColumn> renamed = new ArrayList<>(columns);
        renamed.set(columns.indexOf(column), new ModelColumn(name, column.kind(), column.nullable()));
        alter(renamed);
        rows.values().forEach(row -> row.put(name, row.remove(column.name())));
    }

    void widen(ModelColumn column) {
        ColumnKind wider = column.kind().widened();
        List<ModelColumn> widened = new ArrayList<>(columns);
        widened.set(columns.indexOf(column), new ModelColumn(column.name(), wider, column.nullable()));
        alter(widened);
        rows.values().forEach(row -> row.compute(column.name(), (name, value) -> wider.cast(value)));
    }

    private void alter(List<ModelColumn> altered) {
        columns = List.copyOf(altered);
        version++;
    }
}
