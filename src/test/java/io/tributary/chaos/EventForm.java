package io.tributary.chaos;

/** The shape of the messages. */
enum EventForm {
    /** Debezium's envelope, with a tombstone after each delete. */
    ENVELOPE,
    /** As ExtractNewRecordState unwraps it, with the place in the source's log. */
    FLATTENED,
    /** The same with tombstones left in, and without the place in the log. */
    FLATTENED_BARE;

    boolean isFlattened() {
        return this != ENVELOPE;
    }

    boolean hasTombstones() {
        return this != FLATTENED;
    }

    boolean hasLogPlace() {
        return this != FLATTENED_BARE;
    }
}
