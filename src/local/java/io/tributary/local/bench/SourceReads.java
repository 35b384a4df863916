package io.tributary.local.bench;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** What the sources of the one job of this JVM have read, and since when. Found by Flink as a service. */
public final class SourceReads implements MetricReporterFactory {
    private static final String REPORTER = "metrics.reporter.source-reads.factory.class";
    private static final String COUNTER = "numRecordsIn";
    private static final long PERIOD_MILLIS = 10;
    private static final List<Counter> COUNTERS = new CopyOnWriteArrayList<>();

    /** Makes a cluster of this JVM report to {@link Watch}. */
    static void configure(Configuration flink) {
        flink.setString(REPORTER, SourceReads.class.getName());
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return new Reporter();
    }

    /** Looks at the sources' counters until one of them counts. */
    static final class Watch implements AutoCloseable {
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "source-reads");
            thread.setDaemon(true);
            return thread;
        });
        private volatile long firstMs = -1;
        private volatile double cpuBefore;

        Watch() {
            timer.scheduleAtFixedRate(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }

        /** @return when the first record was read, milliseconds since the epoch; -1 where none is yet */
        long firstMs() {
            return firstMs;
        }

        /** @return the CPU seconds of this process until then */
        double cpuSecondsBefore() {
            return cpuBefore;
        }

        /** @return how many records are read so far */
        long count() {
            return COUNTERS.stream().mapToLong(Counter::getCount).sum();
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }

        private void look() {
            if (firstMs < 0 && count() > 0) {
                cpuBefore = EngineRun.cpuSeconds();
                firstMs = System.currentTimeMillis();
                timer.shutdown();
            }
        }
    }

    private static final class Reporter implements MetricReporter {
        @Override
        public void open(MetricConfig config) {
            // nothing to open
        }

        @Override
        public void close() {
            // the counters stay readable
        }

        @Override
        public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
            if (name.equals(COUNTER)
                    && metric instanceof Counter counter
                    && group.getAllVariables()
                            .getOrDefault("<operator_name>", "")
                            .startsWith("Source: ")) {
                COUNTERS.add(counter);
            }
        }

        @Override
        public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
            // what was read stays read
        }
    }
}
