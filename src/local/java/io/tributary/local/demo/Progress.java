package io.tributary.local.demo;

import io.tributary.local.job.MetricStore;
import io.tributary.metrics.MetricNames;
import java.util.Locale;

/** What the job has done so far, from its metrics. */
final class Progress {
    private final MetricStore metrics;

    Progress(MetricStore metrics) {
        this.metrics = metrics;
    }

    /** @return messages that have become an outcome: changes in a commit, skipped, dead letters */
    long accounted() {
        return committed() + total(MetricNames.SKIPPED) + deadLetters();
    }

    /** @return changes that are in a commit */
    long committed() {
        return metrics.sum(MetricNames.APPLIED);
    }

    /**
     * @param seconds since the job's start
     * @param liveMs how long there have been live changes
     * @return one line
     */
    String line(long seconds, long liveMs) {
        return String.format(
                Locale.ROOT,
                "%4d s  read %,d  applied %,d  committed %,d  dead letters %,d  freshness %s",
                seconds,
                metrics.sum(MetricNames.RECORDS_READ),
                total(MetricNames.CHANGES),
                committed(),
                deadLetters(),
                Freshness.describe(metrics.samples(MetricNames.FRESHNESS_MS), liveMs));
    }

    private long deadLetters() {
        return total(MetricNames.DEAD_LETTERS);
    }

    private long total(String prefix) {
        return metrics.sumsByPrefix(prefix).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
