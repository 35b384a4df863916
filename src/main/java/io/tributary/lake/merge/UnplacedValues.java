package io.tributary.lake.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Values of a row's columns that its table does not have: their exact text, and how old it is. A column that is not named
 * is null, and as old as the row says of columns that the table does not have. Immutable.
 */
public final class UnplacedValues {
    public static final UnplacedValues NONE = new UnplacedValues(new TreeMap<>());

    private final TreeMap<String, Entry> entries;

    /** A text, null for a column that is null or not known, and its position. */
    private static final class Entry {
        private final String text;
        private final String position;

        private Entry(String text, String position) {
            this.text = text;
            this.position = position;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry
                    && Objects.equals(text, ((Entry) other).text)
                    && position.equals(((Entry) other).position);
        }

        @Override
        public int hashCode() {
            return Objects.hash(text, position);
        }
    }

    /** Collects values. Not thread-safe. */
    public static final class Builder {
        private final String others;
        private final TreeMap<String, Entry> entries = new TreeMap<>();

        /** @param others the position of the columns that are not named */
        public Builder(String others) {
            this.others = others;
        }

        /**
         * @param text null for a column that is null or not known
         * @param position of the value
         */
        public Builder put(String column, String text, String position) {
            if (text != null || !position.equals(others)) {
                entries.put(column, new Entry(text, position));
            }
            return this;
        }

        public UnplacedValues build() {
            return entries.isEmpty() ? NONE : new UnplacedValues(entries);
        }
    }

    private UnplacedValues(TreeMap<String, Entry> entries) {
        this.entries = entries;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** @return the columns that have a text */
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        forEachText((column, text) -> columns.add(column));
        return columns;
    }

    /** The texts that are not null, by column. */
    void forEachText(BiConsumer<String, String> consumer) {
        entries.forEach((column, entry) -> {
            if (entry.text != null) {
                consumer.accept(column, entry.text);
            }
        });
    }

    void forEachPosition(BiConsumer<String, String> consumer) {
        entries.forEach((column, entry) -> consumer.accept(column, entry.position));
    }

    boolean allAt(String position) {
        return entries.values().stream().allMatch(entry -> entry.position.equals(position));
    }

    /** The newer of each. */
    static UnplacedValues merge(RowState newer, RowState older) {
        if (newer.unplaced().isEmpty() && older.unplaced().isEmpty()) {
            return NONE;
        }
        String others = max(others(newer), others(older));
        TreeSet<String> columns = new TreeSet<>(newer.unplaced().entries.keySet());
        columns.addAll(older.unplaced().entries.keySet());
        Builder merged = new Builder(others);
        for (String column : columns) {
            Entry a = of(newer, column);
            Entry b = of(older, column);
            Entry winner = b.position.compareTo(a.position) > 0 ? b : a;
            merged.put(column, winner.text, winner.position);
        }
        return merged.build();
    }

    private static Entry of(RowState row, String column) {
        Entry entry = row.unplaced().entries.get(column);
        return entry == null ? new Entry(null, others(row)) : entry;
    }

    private static String others(RowState row) {
        return row.columnPosition(row.size());
    }

    private static String max(String a, String b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /**
     * Those of a stored row.
     *
     * @param rescued text by column, of all columns
     * @param positions by column, of all columns whose values are older than the others
     * @param placed whether the table has a column
     */
    static UnplacedValues read(
            Map<String, String> rescued,
            Map<String, String> positions,
            String others,
            java.util.function.Predicate<String> placed) {
        Builder read = new Builder(others);
        TreeSet<String> columns = new TreeSet<>(rescued.keySet());
        columns.addAll(positions.keySet());
        columns.removeIf(placed);
        columns.forEach(column -> read.put(column, rescued.get(column), positions.getOrDefault(column, others)));
        return read.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnplacedValues && ((UnplacedValues) other).entries.equals(entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
