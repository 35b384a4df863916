package io.tributary.local.bench;

import java.util.Arrays;

/** What one table of the model database holds: for each key when its row was last changed. Keys are 1, 2, 3 and so on. */
final class TableState {
    private long[] changedMs = new long[1024];
    private int rows;

    int rows() {
        return rows;
    }

    /** @return the change that makes a new row */
    Change insert(String op, long nowMs, long position) {
        if (rows == changedMs.length) {
            changedMs = Arrays.copyOf(changedMs, rows * 2);
        }
        changedMs[rows++] = nowMs;
        return new Change(op, rows, -1, nowMs, position);
    }

    /** @param key from 1 to {@link #rows()} */
    Change update(int key, long nowMs, long position) {
        long before = changedMs[key - 1];
        changedMs[key - 1] = nowMs;
        return new Change("u", key, before, nowMs, position);
    }

    /** @return the sum over all rows of the times of their last changes */
    long sum() {
        long sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += changedMs[i];
        }
        return sum;
    }
}
