package io.tributary.local.demo;

import io.tributary.local.job.MetricStore;
import io.tributary.metrics.MetricNames;
import java.util.Locale;

/** What the job has done so far, from its metrics. */
final class Progress {
    private final MetricStore metrics;
    /** Null until there are live changes. */
    private volatile Freshness freshness;

    Progress(MetricStore metrics) {
        this.metrics = metrics;
    }

    /** Live changes begin: freshness is that of what is committed from now on. */
    void live() {
        freshness = new Freshness(metrics.samples(MetricNames.FRESHNESS_MS));
    }

    /** @return ages of the oldest changes of the commits with live changes, in milliseconds, sorted */
    double[] freshnessMs() {
        Freshness live = freshness;
        return live == null ? new double[0] : live.since(metrics.samples(MetricNames.FRESHNESS_MS));
    }

    /** @return the freshness of live changes in words; a dash where there were none */
    String freshness() {
        return Freshness.describe(freshnessMs());
    }

    /** @return messages that have become an outcome: changes in a commit, skipped, dead letters */
    long accounted() {
        return committed() + total(MetricNames.SKIPPED) + deadLetters();
    }

    /** @return changes that are in a commit */
    long committed() {
        return metrics.sum(MetricNames.APPLIED);
    }

    /** @return messages that were read */
    long read() {
        return metrics.sum(MetricNames.RECORDS_READ);
    }

    long deadLetters() {
        return total(MetricNames.DEAD_LETTERS);
    }

    /**
     * @param seconds since the job's start
     * @return one line
     */
    String line(long seconds) {
        return String.format(
                Locale.ROOT,
                "%4d s  read %,d  applied %,d  committed %,d  dead letters %,d  freshness %s",
                seconds,
                read(),
                total(MetricNames.CHANGES),
                committed(),
                deadLetters(),
                freshness());
    }

    private long total(String prefix) {
        return metrics.sumsByPrefix(prefix).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
