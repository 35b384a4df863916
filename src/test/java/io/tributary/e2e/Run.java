package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.TributaryConfig;
import io.tributary.local.docs.MetricReference;
import io.tributary.local.job.LocalJob;
import io.tributary.local.job.MetricStore;
import io.tributary.metrics.MetricNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** A bounded job that has come to its good end, and what it counted. */
record Run(long read, long applied, Map<String, Long> skipped, Map<String, Long> deadLetters) {
    static final Duration TIMEOUT = Duration.ofMinutes(4);

    static Run of(TributaryConfig config, int parallelism) {
        try (LocalJob job = LocalJob.start(config, new Configuration(), parallelism)) {
            job.awaitFinished(TIMEOUT);
            assertDescribed(job.metrics());
            return of(job.metrics());
        }
    }

    static Run of(MetricStore metrics) {
        return new Run(
                metrics.sum(MetricNames.RECORDS_READ),
                metrics.sum(MetricNames.APPLIED),
                metrics.sumsByPrefix(MetricNames.SKIPPED),
                metrics.sumsByPrefix(MetricNames.DEAD_LETTERS));
    }

    /** What the job registers is what docs/metrics.md tells of. */
    private static void assertDescribed(MetricStore metrics) {
        List<MetricReference.Entry> known = MetricReference.entries();
        assertThat(metrics.names())
                .contains(MetricNames.LAG_MS, MetricNames.REGISTRY_CALLS, MetricNames.FILES_WRITTEN)
                .allMatch(name -> known.stream().anyMatch(entry -> entry.matches(name)));
    }

    /** @param input messages in the topics */
    void assertBalanced(long input) {
        assertThat(read).as("%s", this).isEqualTo(input);
        assertThat(applied + sum(skipped) + sum(deadLetters)).as("%s", this).isEqualTo(input);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
