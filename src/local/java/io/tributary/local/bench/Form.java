package io.tributary.local.bench;

/** How a change is written: Debezium's envelope, or the row alone, as ExtractNewRecordState leaves it. */
enum Form {
    ENVELOPE,
    FLATTENED
}
