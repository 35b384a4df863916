package io.tributary.lake.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that write or read files beside each other: on S3 a file takes a dozen requests, one after the other, in which
 * nothing else would be done. What all of them take of memory is bounded. Thread-safe.
 */
final class FileThreads implements AutoCloseable {
    /** What memory is counted in: as much as the smallest files take, of which many may be worked on. */
    private static final int UNIT = 1 << 16;

    private static final long IDLE_SECONDS = 30;
    private static final long LOOK_SECONDS = 5;

    private final int units;
    private final Semaphore room;
    private final ThreadPoolExecutor threads;

    /**
     * @param name of the threads
     * @param number how many, at most
     * @param bytes how much memory the files that are worked on at the same time may take together; a single one that takes
     *     more is worked on alone
     */
    FileThreads(String name, int number, long bytes) {
        this.units = Math.toIntExact(Math.max(1, bytes / UNIT));
        this.room = new Semaphore(units, true);
        this.threads = new ThreadPoolExecutor(
                number, number, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(FileThreads.class.getClassLoader());
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Has the work done as soon as there is room for it, which is waited for.
     *
     * @param bytes how much memory it takes, about
     */
    <T> Future<T> submit(long bytes, Callable<T> work) throws InterruptedException {
        int taken = (int) Math.min(units, 1 + bytes / UNIT);
        room.acquire(taken);
        return threads.submit(() -> {
            try {
                return work.call();
            } finally {
                room.release(taken);
            }
        });
    }

    /**
     * Waits for all of them, also where one has failed: nothing of it is being done any more when this is over.
     *
     * @throws IOException the first failure, the others suppressed
     */
    static <T> List<T> results(List<Future<T>> works) throws IOException, InterruptedException {
        List<T> results = new ArrayList<>();
        Throwable failure = null;
        for (Future<T> work : works) {
            try {
                results.add(work.get());
            } catch (ExecutionException e) {
                if (failure == null) {
                    failure = e.getCause();
                } else {
                    failure.addSuppressed(e.getCause());
                }
            }
        }
        if (failure instanceof IOException) {
            throw (IOException) failure;
        } else if (failure instanceof RuntimeException) {
            throw (RuntimeException) failure;
        } else if (failure instanceof Error) {
            throw (Error) failure;
        } else if (failure != null) {
            throw new IOException(failure);
        }
        return results;
    }

    /**
     * Interrupts what is being done and waits until it has ended: a file that is written after its attempt is over could
     * come after the next attempt's rollback, and nobody would delete it.
     */
    @Override
    public void close() {
        boolean interrupted = false;
        do {
            threads.shutdownNow(); // again and again: some library may have swallowed the interrupt
            try {
                threads.awaitTermination(LOOK_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        } while (!threads.isTerminated());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
