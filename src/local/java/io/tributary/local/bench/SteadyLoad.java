package io.tributary.local.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes changes at a steady rate, over the tables in turn: six of ten new rows, four updates. A change's time is when it
 * was due, so that a load that falls behind is not flattered.
 */
final class SteadyLoad {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int OF_TEN_UPDATES = 4;

    private final Load load;
    private final int tables;
    private final KeyChoice choice;

    /** @param tables how many, from the first on, are changed */
    SteadyLoad(Load load, int tables, KeyChoice choice) {
        this.load = load;
        this.tables = tables;
        this.choice = choice;
    }

    /** @return when the last change was due, milliseconds since the epoch */
    long run(int rate, int seconds) {
        long total = (long) rate * seconds;
        long beginMs = System.currentTimeMillis();
        long begin = System.nanoTime();
        for (long made = 0; made < total; ) {
            long due = Math.min(total, (System.nanoTime() - begin) * rate / TimeUnit.SECONDS.toNanos(1));
            for (; made < due; made++) {
                change(made, beginMs + made * 1_000 / rate);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        load.flush();
        return beginMs + (total - 1) * 1_000 / rate;
    }

    private void change(long number, long dueMs) {
        int table = (int) (number % tables);
        if (number / tables % 10 < OF_TEN_UPDATES && load.state(table).rows() > 0) {
            load.update(table, choice, dueMs);
        } else {
            load.insert(table, "c", dueMs);
        }
    }
}
