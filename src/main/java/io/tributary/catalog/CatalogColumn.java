package io.tributary.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A column of a catalogue's table: a name in lower case, a type in Hive's words, a comment or null. Immutable. */
final class CatalogColumn {
    private final String name;
    private final String type;
    private final String comment;

    CatalogColumn(String name, String type, String comment) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
        this.comment = comment;
    }

    String name() {
        return name;
    }

    String type() {
        return type;
    }

    String comment() {
        return comment;
    }

    /**
     * What the catalogue is to have: columns keep their place and their comment, new ones come last. Readers find columns
     * of Parquet files by name, and a metastore with default settings refuses a change that moves columns.
     *
     * @param stored what the catalogue has
     * @param wanted what the table has
     */
    static List<CatalogColumn> merge(List<CatalogColumn> stored, List<CatalogColumn> wanted) {
        Map<String, CatalogColumn> left = new LinkedHashMap<>();
        wanted.forEach(column -> left.put(column.name, column));
        List<CatalogColumn> merged = new ArrayList<>();
        for (CatalogColumn column : stored) {
            CatalogColumn now = left.remove(column.name);
            if (now != null) {
                merged.add(new CatalogColumn(now.name, now.type, column.comment));
            }
        }
        merged.addAll(left.values());
        return merged;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof CatalogColumn)) {
            return false;
        }
        CatalogColumn that = (CatalogColumn) other;
        return name.equals(that.name) && type.equals(that.type) && Objects.equals(comment, that.comment);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, comment);
    }

    @Override
    public String toString() {
        return name + " " + type;
    }
}
