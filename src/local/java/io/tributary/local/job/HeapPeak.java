package io.tributary.local.job;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The most heap that this JVM has used while it was watched, garbage included. */
public final class HeapPeak implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "heap-peak");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long peak;

    public HeapPeak() {
        watch.scheduleAtFixedRate(this::sample, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @return bytes */
    public long bytes() {
        return peak;
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }

    private void sample() {
        peak = Math.max(peak, memory.getHeapMemoryUsage().getUsed());
    }
}
