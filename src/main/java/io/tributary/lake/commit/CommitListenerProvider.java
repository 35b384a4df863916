package io.tributary.lake.commit;

import io.tributary.lake.write.TableLayout;
import java.io.Serializable;
import org.apache.flink.metrics.MetricGroup;

/** Travels with the job to the JobManager and makes the listener there. */
@FunctionalInterface
public interface CommitListenerProvider extends Serializable {
    /** Makes the listener that hears nothing. */
    CommitListenerProvider NONE = (layout, metrics) -> CommitListener.NONE;

    /** @param metrics the group of the lake's own metrics */
    CommitListener open(TableLayout layout, MetricGroup metrics);
}
