package io.tributary.catalog;

import io.tributary.http.Backoff;
import io.tributary.lake.commit.CommitListener;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the catalogue in step after commits, with a thread of its own: whoever commits does not wait, and hears of no
 * failure. A table has at most one synchronisation pending; commits that come meanwhile are done with it. One that fails
 * is tried again, later each time.
 */
final class CatalogSync implements CommitListener {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogSync.class);
    private static final long CLOSE_SECONDS = 10;

    private final TableSync sync;
    private final CatalogMetrics metrics;
    private final Backoff backoff;
    private final LongSupplier clock;
    private final ScheduledThreadPoolExecutor thread;
    private final Map<String, Pending> tables = new HashMap<>();

    /** What is to be done for one table. Guarded by the map's monitor. */
    private static final class Pending {
        /** Partitions that were written to since the last run; none after a failure, since then all are read. */
        private Set<String> partitions = new HashSet<>();

        private boolean committed;
        /** When the oldest commit was made that the catalogue lacks; 0 where it has all. */
        private long behindSince;

        private int failures;
        /** The run that is due; null for none. */
        private Future<?> due;
    }

    /** @param clock milliseconds since the epoch */
    CatalogSync(TableSync sync, CatalogMetrics metrics, Backoff backoff, LongSupplier clock) {
        this.sync = sync;
        this.metrics = metrics;
        this.backoff = backoff;
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "lake-catalog");
            made.setDaemon(true);
            made.setContextClassLoader(CatalogSync.class.getClassLoader());
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
    }

    /** Synchronises what is stored already: commits whose synchronisation an earlier run did not get to, or had none. */
    void start() {
        thread.execute(() -> {
            try {
                sync.tables().forEach(table -> committed(table, Set.of()));
            } catch (IOException | RuntimeException e) {
                LOG.warn("The lake's tables cannot be listed; each is registered after its next commit", e);
            }
        });
    }

    @Override
    public void committed(String table, Set<String> partitions) {
        synchronized (tables) {
            Pending pending = tables.get(table);
            if (pending == null) {
                pending = new Pending();
                tables.put(table, pending);
                metrics.add(table, ageOf(pending));
            }
            pending.committed = true;
            if (pending.failures == 0) {
                pending.partitions.addAll(partitions);
            }
            if (pending.behindSince == 0) {
                pending.behindSince = clock.getAsLong();
            }
            if (pending.due == null) {
                schedule(table, pending, 0);
            }
        }
    }

    private LongSupplier ageOf(Pending pending) {
        return () -> {
            synchronized (tables) {
                return pending.behindSince == 0 ? 0 : Math.max(0, clock.getAsLong() - pending.behindSince);
            }
        };
    }

    private void schedule(String table, Pending pending, long delayMillis) {
        if (!thread.isShutdown()) {
            pending.due = thread.schedule(() -> run(table, pending), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void run(String table, Pending pending) {
        while (runOnce(table, pending)) {
            LOG.debug("Table {} has a commit more, and the thread takes no new work at its end", table);
        }
    }

    /** @return whether a commit came while this ran, for which no run can be scheduled any more */
    private boolean runOnce(String table, Pending pending) {
        Set<String> partitions;
        long began = clock.getAsLong();
        synchronized (tables) {
            partitions = pending.partitions;
            pending.partitions = new HashSet<>();
            pending.committed = false;
        }
        Throwable failure = null;
        try {
            sync.sync(table, partitions);
        } catch (Throwable e) { // whatever it is, the other tables go on
            failure = e;
        }
        synchronized (tables) {
            pending.due = null;
            if (failure != null) {
                failed(table, pending, failure);
                return false;
            }
            succeeded(table, pending, began);
            return pending.committed && pending.due == null;
        }
    }

    private void succeeded(String table, Pending pending, long began) {
        metrics.synced(table);
        if (pending.failures > 0) {
            LOG.info("The catalogue has table {} again, after {} failures", table, pending.failures);
        }
        pending.failures = 0;
        if (pending.committed) { // while this one ran
            pending.behindSince = Math.max(pending.behindSince, began);
            schedule(table, pending, 0);
        } else {
            pending.behindSince = 0;
        }
    }

    private void failed(String table, Pending pending, Throwable failure) {
        metrics.failed(table);
        pending.failures++;
        long delay = backoff.delayMillis(pending.failures, 0);
        LOG.warn(
                "Table {} is not in step with the catalogue (failure {}, again in {} ms); its rows are in the lake: {}",
                table,
                pending.failures,
                delay,
                failure.getMessage(),
                pending.failures == 1 ? failure : null);
        schedule(table, pending, delay);
    }

    /** Finishes what is due now; what has failed is left to the next start. */
    @Override
    public void close() {
        synchronized (tables) {
            tables.values().stream()
                    .filter(pending -> pending.failures > 0 && pending.due != null)
                    .forEach(pending -> pending.due.cancel(false));
            thread.shutdown();
        }
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        sync.close();
    }
}
