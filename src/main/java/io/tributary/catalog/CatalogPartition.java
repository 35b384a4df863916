package io.tributary.catalog;

import io.tributary.lake.commit.StoredTables;
import java.util.List;

/** A partition of a table in a catalogue: the values of the partition keys, and where its files are. Immutable. */
final class CatalogPartition {
    private final List<String> values;
    private final String location;

    private CatalogPartition(List<String> values, String location) {
        this.values = List.copyOf(values);
        this.location = location;
    }

    /** @param path below the table's directory, Hive style */
    static CatalogPartition of(CatalogTable table, String path) {
        return new CatalogPartition(StoredTables.partitionValues(path), table.location() + "/" + path);
    }

    List<String> values() {
        return values;
    }

    String location() {
        return location;
    }
}
