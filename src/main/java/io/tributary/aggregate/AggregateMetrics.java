package io.tributary.aggregate;

import io.tributary.metrics.Described;
import io.tributary.metrics.Described.Kind;
import io.tributary.metrics.Described.Scope;
import io.tributary.metrics.MetricNames;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Names of the aggregates' metrics, below {@code <operator>.kinesisanalytics.tributary.aggregate.<name>}. */
public final class AggregateMetrics {
    public static final String GROUP = "aggregate";

    @Described(
            operator = "aggregate-<name>-contributions",
            kind = Kind.COUNTER,
            scopes = Scope.AGGREGATE,
            unit = "changes",
            text = "Came after the retention of their window; each is a dead letter.")
    public static final String LATE = "late";

    @Described(
            operator = "aggregate-<name>-<table>-rows, -contributions",
            kind = Kind.COUNTER,
            scopes = Scope.AGGREGATE,
            unit = "rows",
            text = "Amount, quantity or time cannot be read; each is a dead letter.")
    public static final String UNCOUNTABLE = "uncountable";

    @Described(
            operator = "aggregate-<name>-<table>-latest",
            kind = Kind.COUNTER,
            scopes = Scope.AGGREGATE,
            unit = "changes",
            text = "Older than what is known of their row: replays and disorder. They change nothing.")
    public static final String SUPERSEDED = "superseded";

    @Described(
            operator = "aggregate-<name>-<table>-<dimension>-lookup",
            kind = Kind.COUNTER,
            scopes = Scope.AGGREGATE,
            unit = "rows",
            text = "Waited for a dimension's row in vain; they count in the group `unknown` until it comes.")
    public static final String UNKNOWN_DIMENSION = "unknownDimension";

    @Described(
            operator = "aggregate-<name>-windows",
            kind = Kind.GAUGE,
            scopes = Scope.AGGREGATE,
            unit = "windows",
            text =
                    "Windows with figures that can still be corrected, of all groups. Counted over restarts, from the first"
                            + " start with a version that has this metric.")
    public static final String WINDOWS_OPEN = "windowsOpen";

    @Described(
            operator = "aggregate-<name>-windows",
            kind = Kind.COUNTER,
            scopes = Scope.AGGREGATE,
            unit = "figures",
            text = "Figures emitted, corrections included.")
    public static final String SENT = "sent";

    private AggregateMetrics() {}

    static Counter counter(MetricGroup metrics, String aggregate, String name) {
        return group(metrics, aggregate).counter(name);
    }

    static MetricGroup group(MetricGroup metrics, String aggregate) {
        return metrics.addGroup(MetricNames.SERVICE_GROUP)
                .addGroup(MetricNames.GROUP)
                .addGroup(GROUP, aggregate);
    }
}
