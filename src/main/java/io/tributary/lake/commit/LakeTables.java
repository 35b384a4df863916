package io.tributary.lake.commit;

import io.tributary.debezium.TableId;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.util.Set;

/** The tables of a lake. Thread-safe. */
public interface LakeTables {
    /**
     * Opens a table: creates it where it does not exist, rolls back what dead attempts have left on its timeline.
     *
     * @param needed the schema that a new table gets, with the key that an existing one must have; null to open the table
     *     only if it exists
     * @param keep instants that are not rolled back, since they are about to be committed
     * @return null where the table does not exist and {@code needed} is null
     * @throws IOException where the table cannot be opened, or was made differently (key, partition, buckets)
     */
    LakeTable open(TableId table, TableSchema needed, Set<String> keep) throws IOException;
}
