package io.tributary.lake.commit;

import io.tributary.lake.protocol.WriteCounts;
import io.tributary.metrics.MetricNames;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** The coordinator's metrics; {@link MetricNames} says what they are and where they are found. */
final class LakeMetrics {
    private static final int WINDOW = 4096;

    private final MetricGroup group;
    private final Histogram freshness;
    private final Histogram commitMs;
    private final Map<String, TableMetrics> tables = new HashMap<>();
    private long worstFreshnessMs;
    private volatile long lastFreshnessMs;
    private volatile long lastCommitMs;

    private static final class TableMetrics {
        private final Counter applied;
        private final Counter commits;
        private final Counter failures;
        private volatile int unwritable;

        private TableMetrics(MetricGroup group) {
            this.applied = group.counter(MetricNames.APPLIED);
            this.commits = group.counter(MetricNames.COMMITS);
            this.failures = group.counter(MetricNames.FAILURES);
            group.gauge(MetricNames.UNWRITABLE, () -> unwritable);
        }
    }

    LakeMetrics(MetricGroup operator) {
        this.group = group(operator);
        this.freshness = group.histogram(MetricNames.FRESHNESS_MS, new DescriptiveStatisticsHistogram(WINDOW));
        this.commitMs = group.histogram(MetricNames.COMMIT_MS, new DescriptiveStatisticsHistogram(WINDOW));
        group.gauge(MetricNames.LAST_FRESHNESS_MS, () -> lastFreshnessMs);
        group.gauge(MetricNames.LAST_COMMIT_MS, () -> lastCommitMs);
    }

    /** @return the group of the lake's metrics below that of its operator */
    static MetricGroup group(MetricGroup operator) {
        return operator.addGroup(MetricNames.SERVICE_GROUP).addGroup(MetricNames.GROUP);
    }

    void committed(String table, WriteCounts counts, long nowMs) {
        TableMetrics metrics = table(table);
        metrics.applied.inc(counts.events());
        metrics.commits.inc();
        metrics.unwritable = 0;
        if (counts.events() > 0) {
            long ms = nowMs - counts.oldestSourceTsMs();
            freshness.update(ms);
            worstFreshnessMs = Math.max(worstFreshnessMs, ms);
        }
    }

    void failed(String table) {
        TableMetrics metrics = table(table);
        metrics.failures.inc();
        metrics.unwritable = 1;
    }

    void writable(String table) {
        table(table).unwritable = 0;
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
