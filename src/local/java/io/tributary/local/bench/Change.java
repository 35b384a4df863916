package io.tributary.local.bench;

/**
 * A change of one row.
 *
 * @param op Debezium's code: r, c or u
 * @param key of the row
 * @param beforeMs when the row had been changed before; -1 for a new row
 * @param changedMs when it is changed now, milliseconds since the epoch
 * @param position in the source's log
 */
record Change(String op, int key, long beforeMs, long changedMs, long position) {
    boolean isNew() {
        return beforeMs < 0;
    }
}
