package io.tributary.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.metrics.MetricNames;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class MetricStoreTest {
    private static final String SALE = "tickit.ecomm.sale";

    @Test
    void valuesOutliveTheirMetrics() {
        try (MetricStore store = new MetricStore()) {
            Counter counter = new SimpleCounter();
            MetricGroup group = new Scope(0, 0, SALE);
            store.add(counter, MetricNames.APPLIED, group);
            counter.inc(7);
            assertThat(store.sum(SALE, MetricNames.APPLIED)).isEqualTo(7);
            store.remove(counter, MetricNames.APPLIED, group);
            assertThat(store.sum(SALE, MetricNames.APPLIED)).isEqualTo(7);
            assertThat(store.tables()).containsExactly(SALE);
        }
    }

    @Test
    void subtasksAddUpAndOnlyTheNewestAttemptCounts() {
        try (MetricStore store = new MetricStore()) {
            store.add(counted(5), "changes.c", new Scope(0, 0, SALE));
            store.add(counted(3), "changes.u", new Scope(0, 0, SALE));
            store.add(counted(4), "changes.c", new Scope(1, 0, SALE));
            assertThat(store.sumsByPrefix(SALE, MetricNames.CHANGES)).isEqualTo(Map.of("c", 9L, "u", 3L));
            // After a restart the other subtask has been given the updates.
            store.add(counted(6), "changes.c", new Scope(0, 1, SALE));
            store.add(counted(4), "changes.c", new Scope(1, 1, SALE));
            store.add(counted(3), "changes.u", new Scope(1, 1, SALE));
            assertThat(store.sumsByPrefix(MetricNames.CHANGES)).isEqualTo(Map.of("c", 10L, "u", 3L));
        }
    }

    private static Counter counted(long value) {
        Counter counter = new SimpleCounter();
        counter.inc(value);
        return counter;
    }

    /** The group of a table's metrics in one attempt of a subtask. */
    private static final class Scope extends UnregisteredMetricsGroup {
        private final Map<String, String> variables;

        private Scope(int subtask, int attempt, String table) {
            variables = Map.of(
                    "<operator_id>",
                    "decode",
                    "<subtask_index>",
                    Integer.toString(subtask),
                    "<task_attempt_num>",
                    Integer.toString(attempt),
                    "<table>",
                    table);
        }

        @Override
        public Map<String, String> getAllVariables() {
            return variables;
        }

        @Override
        public String getMetricIdentifier(String name) {
            return "host.decode.kinesisanalytics.tributary." + name;
        }
    }
}
