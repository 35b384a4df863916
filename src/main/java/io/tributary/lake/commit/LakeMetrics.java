package io.tributary.lake.commit;

import io.tributary.metrics.MetricNames;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The coordinator's metrics; {@link MetricNames} says what they are and where they are found. Written by one thread, read by
 * those of the reporters.
 */
final class LakeMetrics {
    private static final int WINDOW = 4096;
    /** Of one table: the window's memory is taken at once. */
    private static final int TABLE_WINDOW = 256;

    private final MetricGroup group;
    private final LongSupplier clock;
    private final Histogram freshness;
    private final Histogram commitMs;
    private final Map<String, TableMetrics> tables = new HashMap<>();
    private long worstFreshnessMs;
    private volatile long lastFreshnessMs;
    private volatile long lastCommitMs;
    private volatile long lastCheckpointMs;

    private final class TableMetrics {
        private static final long NONE = -1;

        private final Counter applied;
        private final Counter commits;
        private final Counter failures;
        private final Counter files;
        private final Counter bytes;
        private final Histogram freshness;
        private volatile int unwritable;
        private volatile long lastFreshnessMs;
        private volatile long lastCommitMs;
        private volatile double rewriteAmplification;
        private volatile long inflightSinceMs = NONE;

        private TableMetrics(MetricGroup group) {
            this.applied = group.counter(MetricNames.APPLIED);
            this.commits = group.counter(MetricNames.COMMITS);
            this.failures = group.counter(MetricNames.FAILURES);
            this.files = group.counter(MetricNames.FILES_WRITTEN);
            this.bytes = group.counter(MetricNames.BYTES_WRITTEN);
            this.freshness =
                    group.histogram(MetricNames.FRESHNESS_MS, new DescriptiveStatisticsHistogram(TABLE_WINDOW));
            group.gauge(MetricNames.UNWRITABLE, () -> unwritable);
            group.gauge(MetricNames.TABLE_FRESHNESS_MS, () -> lastFreshnessMs);
            group.gauge(MetricNames.TABLE_COMMIT_MS, () -> lastCommitMs);
            group.gauge(MetricNames.REWRITE_AMPLIFICATION, () -> rewriteAmplification);
            group.gauge(MetricNames.INFLIGHT_MS, this::inflightMs);
        }

        private long inflightMs() {
            long since = inflightSinceMs;
            return since == NONE ? 0 : Math.max(0, clock.getAsLong() - since);
        }
    }

    /** @param clock milliseconds since the epoch */
    LakeMetrics(MetricGroup operator, LongSupplier clock) {
        this.group = group(operator);
        this.clock = clock;
        this.lastCheckpointMs = clock.getAsLong();
        this.freshness = group.histogram(MetricNames.FRESHNESS_MS, new DescriptiveStatisticsHistogram(WINDOW));
        this.commitMs = group.histogram(MetricNames.COMMIT_MS, new DescriptiveStatisticsHistogram(WINDOW));
        group.gauge(MetricNames.LAST_FRESHNESS_MS, () -> lastFreshnessMs);
        group.gauge(MetricNames.LAST_COMMIT_MS, () -> lastCommitMs);
        group.gauge(MetricNames.CHECKPOINT_AGE_MS, () -> clock.getAsLong() - lastCheckpointMs);
    }

    /** @return the group of the lake's metrics below that of its operator */
    static MetricGroup group(MetricGroup operator) {
        return operator.addGroup(MetricNames.SERVICE_GROUP).addGroup(MetricNames.GROUP);
    }

    void committed(String table, Committed committed) {
        TableMetrics metrics = table(table);
        metrics.commits.inc();
        metrics.unwritable = 0;
        metrics.lastCommitMs = committed.millis();
        if (committed.files() > 0) {
            metrics.files.inc(committed.files());
            metrics.bytes.inc(committed.bytes());
            metrics.rewriteAmplification = committed.rewriteAmplification();
        }
        if (committed.events() > 0) {
            long ms = clock.getAsLong() - committed.counts().oldestSourceTsMs();
            freshness.update(ms);
            metrics.freshness.update(ms);
            metrics.lastFreshnessMs = ms;
            worstFreshnessMs = Math.max(worstFreshnessMs, ms);
        }
        metrics.applied.inc(committed.events()); // the last: who waits for it finds the rest
    }

    void failed(String table) {
        TableMetrics metrics = table(table);
        metrics.failures.inc();
        metrics.unwritable = 1;
    }

    void writable(String table) {
        table(table).unwritable = 0;
    }

    /** @param instant the oldest that the table has inflight; null for none */
    void inflight(String table, String instant) {
        table(table).inflightSinceMs = instant == null ? TableMetrics.NONE : millis(instant);
    }

    private static long millis(String instant) {
        try {
            return InstantClock.parse(instant).toEpochMilli();
        } catch (DateTimeException e) {
            return TableMetrics.NONE; // no reason to stop for
        }
    }

    /** A checkpoint is complete, whether there is something to commit or not. */
    void checkpointComplete() {
        lastCheckpointMs = clock.getAsLong();
    }

    /** After the last table of a checkpoint. */
    void commitTook(long millis) {
        commitMs.update(millis);
        lastCommitMs = millis;
        lastFreshnessMs = worstFreshnessMs;
        worstFreshnessMs = 0;
    }

    MetricGroup group() {
        return group;
    }

    private TableMetrics table(String table) {
        return tables.computeIfAbsent(table, name -> new TableMetrics(group.addGroup(MetricNames.TABLE, name)));
    }
}
