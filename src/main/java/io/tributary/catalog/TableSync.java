package io.tributary.catalog;

import io.tributary.catalog.Catalog.Change;
import io.tributary.lake.commit.StoredTables;
import io.tributary.lake.commit.TableDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings the catalogue's entry of one table in step with what is stored. Used by one thread. */
final class TableSync implements AutoCloseable {
    private final Catalog catalog;
    private final StoredTables tables;
    private final CatalogNames names;
    /** By table the partitions that the catalogue is known to have. */
    private final Map<String, Set<String>> registered = new HashMap<>();

    TableSync(Catalog catalog, StoredTables tables, CatalogNames names) {
        this.catalog = catalog;
        this.tables = tables;
        this.names = names;
    }

    /** @return the lake's tables, all that are stored */
    List<String> tables() throws IOException {
        return tables.names();
    }

    /**
     * @param table its full name
     * @param written partitions that have been written to; where it is not known what the catalogue has, all are read
     */
    void sync(String table, Collection<String> written) throws IOException {
        Set<String> known = registered.remove(table); // not known any more after a failure
        TableDescription description = tables.describe(table);
        if (description == null) {
            return; // nothing to be read there yet
        }
        CatalogTable entry = CatalogTable.of(names.of(table), catalog.location(description.path()), description);
        Change change = catalog.register(entry);
        boolean all = known == null || change == Change.CREATED || change == Change.COLUMNS;
        Set<String> partitions = new HashSet<>(all ? tables.partitions(table) : written);
        if (!all) {
            partitions.removeAll(known);
        }
        List<CatalogPartition> entries = new ArrayList<>();
        partitions.forEach(path -> entries.add(CatalogPartition.of(entry, path)));
        catalog.addPartitions(entry, entries, all);
        if (!all) {
            partitions.addAll(known);
        }
        registered.put(table, partitions);
    }

    @Override
    public void close() {
        catalog.close();
    }
}
