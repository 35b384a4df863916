package io.tributary.local.demo;

import io.tributary.local.job.MetricStore;
import io.tributary.metrics.MetricNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/** Looks at the job's metrics, once a second, and remembers the last two minutes. Thread-safe. */
final class StatusWatch {
    private static final int SECONDS = 120;
    private static final long UNKNOWN = -1;

    private final MetricStore metrics;
    private final Progress progress;
    private final long begin = System.nanoTime();
    private final Deque<Long> perSecond = new ArrayDeque<>();
    private final Deque<Long> freshnessMs = new ArrayDeque<>();
    private long committedBefore;
    private int samplesBefore;
    private NewestWindow.Window window;
    private Status status;

    StatusWatch(MetricStore metrics, Progress progress) {
        this.metrics = metrics;
        this.progress = progress;
        this.status = look();
    }

    /**
     * @param figures values of an aggregate's topic
     * @param group the field that names the group
     */
    synchronized void figures(Collection<String> figures, String group) {
        window = NewestWindow.of(figures, group).orElse(null);
        status = look();
    }

    /** Once a second. */
    synchronized void tick() {
        long committed = progress.committed();
        add(perSecond, committed - committedBefore);
        committedBefore = committed;
        int samples = progress.freshnessMs().length;
        add(freshnessMs, samples > samplesBefore ? number(metrics.max(MetricNames.LAST_FRESHNESS_MS)) : UNKNOWN);
        samplesBefore = samples;
        status = look();
    }

    synchronized Status status() {
        return status;
    }

    private Status look() {
        return new Status(
                (System.nanoTime() - begin) / 1_000_000_000,
                progress.read(),
                progress.committed(),
                progress.deadLetters(),
                progress.freshness(),
                number(metrics.max(MetricNames.CHECKPOINT_AGE_MS)),
                List.copyOf(perSecond),
                List.copyOf(freshnessMs),
                tables(),
                window);
    }

    private List<Status.Table> tables() {
        List<Status.Table> tables = new ArrayList<>();
        for (String name : metrics.tables()) {
            tables.add(new Status.Table(
                    name,
                    metrics.sumsByPrefix(name, MetricNames.CHANGES).values().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    metrics.sum(name, MetricNames.APPLIED),
                    metrics.sum(name, MetricNames.COMMITS),
                    number(metrics.max(name, MetricNames.LAG_MS)),
                    number(metrics.max(name, MetricNames.TABLE_FRESHNESS_MS)),
                    metrics.max(name, MetricNames.REWRITE_AMPLIFICATION).orElse(0),
                    metrics.sum(name, MetricNames.BYTES_WRITTEN),
                    metrics.max(name, MetricNames.UNWRITABLE).orElse(0) > 0));
        }
        return tables;
    }

    private static void add(Deque<Long> values, long value) {
        values.addLast(value);
        if (values.size() > SECONDS) {
            values.removeFirst();
        }
    }

    private static long number(OptionalDouble value) {
        return value.isPresent() ? Math.round(value.getAsDouble()) : UNKNOWN;
    }
}
