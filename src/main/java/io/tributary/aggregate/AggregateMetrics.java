package io.tributary.aggregate;

import io.tributary.metrics.MetricNames;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Names of the counters, below {@code <operator>.kinesisanalytics.tributary.aggregate.<name>}. */
public final class AggregateMetrics {
    public static final String GROUP = "aggregate";
    /** Changes that came after the retention of their window; each is a dead letter. */
    public static final String LATE = "late";
    /** Rows whose amount, quantity or time cannot be read; each is a dead letter. */
    public static final String UNCOUNTABLE = "uncountable";
    /** Changes that were older than what is known of their row: replays and disorder. */
    public static final String SUPERSEDED = "superseded";
    /** Rows that waited for a dimension row in vain. */
    public static final String UNKNOWN_DIMENSION = "unknownDimension";
    /** Figures sent. */
    public static final String SENT = "sent";

    private AggregateMetrics() {}

    static Counter counter(MetricGroup metrics, String aggregate, String name) {
        return metrics.addGroup(MetricNames.SERVICE_GROUP)
                .addGroup(MetricNames.GROUP)
                .addGroup(GROUP, aggregate)
                .counter(name);
    }
}
