package io.tributary.lake.commit;

import java.util.Set;

/** Hears of commits to the lake's tables. Called by several threads, which write: returns at once, and does not throw. */
public interface CommitListener extends AutoCloseable {
    /** Hears nothing. */
    CommitListener NONE = (table, partitions) -> {};

    /**
     * @param table the table's full name
     * @param partitions that the commit wrote to, as paths below the table's directory
     */
    void committed(String table, Set<String> partitions);

    /** Finishes what it has heard of, within seconds, and ends. */
    @Override
    default void close() {}
}
