package io.tributary.catalog;

import io.tributary.metrics.MetricNames;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The catalogue's metrics, by table; {@link MetricNames} says what they are and where they are found. */
final class CatalogMetrics {
    private final MetricGroup group;
    private final Map<String, TableMetrics> tables = new ConcurrentHashMap<>();

    private static final class TableMetrics {
        private final Counter syncs;
        private final Counter failures;

        private TableMetrics(MetricGroup group) {
            this.syncs = group.counter(MetricNames.CATALOG_SYNCS);
            this.failures = group.counter(MetricNames.CATALOG_FAILURES);
        }
    }

    /** @param group of the lake's metrics */
    CatalogMetrics(MetricGroup group) {
        this.group = group;
    }

    /** @param ageMillis how long the catalogue has been behind the table */
    void add(String table, LongSupplier ageMillis) {
        MetricGroup own = group.addGroup(MetricNames.TABLE, table);
        tables.put(table, new TableMetrics(own));
        own.gauge(MetricNames.CATALOG_AGE_MS, (Gauge<Long>) ageMillis::getAsLong);
    }

    void synced(String table) {
        tables.get(table).syncs.inc();
    }

    void failed(String table) {
        tables.get(table).failures.inc();
    }
}
