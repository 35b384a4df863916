package io.tributary.local.job;

import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Found by Flink as a service; the reporter's configuration names the store. */
public final class StoreReporterFactory implements MetricReporterFactory {
    private static final String REPORTER = "metrics.reporter.tributary-local.";
    private static final String STORE = "store";

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return new StoreReporter(MetricStore.byId(properties.getProperty(STORE)));
    }

    /** Makes a cluster report to a store. */
    static void configure(Configuration flink, MetricStore store) {
        flink.setString(REPORTER + "factory.class", StoreReporterFactory.class.getName());
        flink.setString(REPORTER + STORE, store.id());
    }
}
