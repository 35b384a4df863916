package io.tributary.local.job;

import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/** Hands Flink's metrics to a {@link MetricStore} of this JVM. */
final class StoreReporter implements MetricReporter {
    private final MetricStore store;

    StoreReporter(MetricStore store) {
        this.store = store;
    }

    @Override
    public void open(MetricConfig config) {
        // nothing to open
    }

    @Override
    public void close() {
        // the store outlives the cluster
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        store.add(metric, name, group);
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        store.remove(metric, name, group);
    }
}
