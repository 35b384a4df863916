package io.tributary.lake.commit;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The coordinator's threads: one that owns its state, a few that work on tables, one for cleaning and archiving. Their
 * number does not grow with the tables. All see the job's classes.
 */
final class Threads {
    private static final int TABLE_THREADS = 8;
    private static final long IDLE_SECONDS = 30;

    /** Drops what comes after the end: nobody waits for it. */
    private final ExecutorService main = single("lake-coordinator");

    private final ThreadPoolExecutor tables = new ThreadPoolExecutor(
            TABLE_THREADS,
            TABLE_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("lake-table"));
    /** Drops what comes after the end: nothing is lost, cleaning and archiving are done again by the next job. */
    private final ExecutorService maintenance = single("lake-maintenance");

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

    /**
     * Lets what has begun come to its end, for so long at most.
     *
     * @return whether all has come to its end
     */
    boolean close(long seconds) throws InterruptedException {
        main.shutdown();
        maintenance.shutdownNow();
        boolean ended = main.awaitTermination(seconds, TimeUnit.SECONDS);
        tables.shutdown();
        return maintenance.awaitTermination(seconds, TimeUnit.SECONDS) && ended;
    }

    private static ExecutorService single(String name) {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                named(name),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    interface Task {
        void run() throws InterruptedException;
    }

    /**
     * Runs a task in a thread of its own, and waits for it. What Hadoop keeps in a thread's locals would stay in one of
     * Flink's, and with it the job's classes.
     */
    static void runOnce(String name, Task task) throws InterruptedException {
        Thread thread = named(name).newThread(() -> {
            try {
                task.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
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
