package io.tributary.chaos;

/** What can be wrong with the messages themselves. */
enum StreamFault {
    /** A message is there twice in a row. */
    DUPLICATE,
    /** An old message comes once more, long after. */
    LATE_COPY,
    /** A connector has restarted and repeats what it sent since some earlier moment. */
    CONNECTOR_RESTART,
    /** A message is of no format. */
    POISON,
    /** The database's clock is set back, or a statement waits for a lock: a newer change has an older time. */
    CLOCK_STEPS,
    /** The connector reads a table once more. */
    SNAPSHOT_AGAIN,
    TRUNCATE,
    ALTER_TABLE
}
