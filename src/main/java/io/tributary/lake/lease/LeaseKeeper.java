package io.tributary.lake.lease;

import io.tributary.lake.fs.HadoopSettings;
import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the lease of a lake, keeps it with heartbeats from a thread of its own, and gives it back at the end. Whoever
 * writes to the lake calls {@link #check} before each change of a timeline; that asks no file system.
 */
public final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final long CLOSE_SECONDS = 10;

    private final LakeLease lease;
    private final LeaseTerms terms;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread made = new Thread(task, "lake-lease");
        made.setDaemon(true);
        made.setContextClassLoader(LeaseKeeper.class.getClassLoader());
        return made;
    });
    private LeaseListener listener;

    /**
     * @param lake the lake's path, as {@link io.tributary.lake.fs.LakePath} has it
     * @param who names the writer to people
     */
    public static LeaseKeeper of(String lake, HadoopSettings hadoop, LeaseTerms terms, String who) {
        LeaseStore store = new LeaseDirectory(lake, hadoop.configuration());
        return new LeaseKeeper(new LakeLease(store, terms, LeaseOwner.here(who, terms), Ticker.SYSTEM), terms);
    }

    LeaseKeeper(LakeLease lease, LeaseTerms terms) {
        this.lease = lease;
        this.terms = terms;
        // Else the end would wait for the next heartbeat, and give up where that is far away.
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins to try for the lease. Called once. */
    public void start(LeaseListener told) {
        listener = told;
        thread.execute(this::advance);
    }

    private void advance() {
        long pause = terms.heartbeatMs();
        try {
            LakeLease.Outcome outcome = lease.advance();
            if (outcome == LakeLease.Outcome.TAKEN) {
                listener.taken();
            } else if (outcome == LakeLease.Outcome.WAITING) {
                pause = pollMs();
            }
        } catch (LeaseLostException | LakeInUseException e) {
            listener.refused(e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The lease of the lake cannot be read or renewed for now; it is tried again", e);
            pause = pollMs();
        }
        if (!thread.isShutdown()) {
            thread.schedule(this::advance, pause, TimeUnit.MILLISECONDS);
        }
    }

    /** By chance, so that two who try at the same time and give way to each other do not do so for ever. */
    private long pollMs() {
        return terms.pollMs() + ThreadLocalRandom.current().nextLong(terms.pollMs());
    }

    /**
     * @throws IOException where this process may not write to the lake now
     */
    public void check() throws IOException {
        lease.check();
    }

    /** @return milliseconds since the last good heartbeat; -1 where the lease is not held */
    public long ageMs() {
        return lease.ageMs();
    }

    /** Gives the lease back. To be called when nothing writes any more. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("The lease of the lake is not given back, since a heartbeat hangs: it expires by itself");
            return;
        }
        try {
            lease.release();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The lease of the lake could not be given back: it expires by itself", e);
        }
    }
}
