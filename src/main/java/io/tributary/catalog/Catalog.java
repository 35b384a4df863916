package io.tributary.catalog;

import java.io.IOException;
import java.util.List;

/** A catalogue that tables are registered in. Each method may be repeated at any time. Used by one thread. */
interface Catalog extends AutoCloseable {
    /**
     * Makes the table's entry equal; makes the entry, and the database, where they are missing. What others have added to
     * the entry, properties and comments, stays.
     *
     * @throws IOException where the catalogue does not answer or refuses, or another table has the name
     */
    Change register(CatalogTable table) throws IOException;

    /**
     * Registers partitions; those that are registered already stay.
     *
     * @param all whether these are all there are: then those that are registered already get the table's columns
     */
    void addPartitions(CatalogTable table, List<CatalogPartition> partitions, boolean all) throws IOException;

    /** @return the table's location as this catalogue's readers address it */
    String location(String path);

    @Override
    void close();

    /** What {@link #register} has done. */
    enum Change {
        NONE,
        CREATED,
        COLUMNS,
        PROPERTIES
    }
}
