package io.tributary.lake.commit;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The coordinator's threads: one that owns its state, a few that work on tables, one for cleaning and archiving. Their
 * number does not grow with the tables. All see the job's classes.
 */
final class Threads {
    private static final int TABLE_THREADS = 4;
    private static final long IDLE_SECONDS = 30;

    private final ExecutorService main = Executors.newSingleThreadExecutor(named("lake-coordinator"));
    private final ThreadPoolExecutor tables = new ThreadPoolExecutor(
            TABLE_THREADS,
            TABLE_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("lake-table"));
    /** Drops what comes after the end: nothing is lost, cleaning and archiving are done again by the next job. */
    private final ExecutorService maintenance = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("lake-maintenance"),
            new ThreadPoolExecutor.DiscardPolicy());

    Threads() {
        tables.allowCoreThreadTimeOut(true);
    }

    ExecutorService main() {
        return main;
    }

    ExecutorService tables() {
        return tables;
    }

    ExecutorService maintenance() {
        return maintenance;
    }

    /** Lets what has begun come to its end, for so long at most. */
    void close(long seconds) throws InterruptedException {
        main.shutdown();
        maintenance.shutdownNow();
        main.awaitTermination(seconds, TimeUnit.SECONDS);
        tables.shutdown();
        maintenance.awaitTermination(seconds, TimeUnit.SECONDS);
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(Threads.class.getClassLoader());
            return thread;
        };
    }
}
