package io.tributary.source.kinesis;

import io.tributary.metrics.MetricNames;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.MetricGroup;

/** How far the shards of a reader are behind their ends. Thread-safe. */
final class Lag {
    private final Map<String, Long> millis = new ConcurrentHashMap<>();

    /** @param metrics of the operator */
    Lag(MetricGroup metrics) {
        metrics.addGroup(MetricNames.SERVICE_GROUP)
                .addGroup(MetricNames.GROUP)
                .gauge(MetricNames.MILLIS_BEHIND_LATEST, this::largest);
    }

    void set(String shard, long millisBehindLatest) {
        millis.put(shard, millisBehindLatest);
    }

    /** It is not read any more. */
    void remove(String shard) {
        millis.remove(shard);
    }

    /** @return milliseconds, of the shard that is furthest behind; 0 without shards */
    long largest() {
        return millis.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
