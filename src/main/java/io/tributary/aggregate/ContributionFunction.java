package io.tributary.aggregate;

import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;
import io.tributary.row.Values;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.util.Collector;

/** Turns changes of rows into differences of figures: what a row contributed so far out, what it contributes now in. */
final class ContributionFunction extends LatestRowFunction<Delta> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final String aggregate;
    private final boolean includesSnapshot;
    private final Windows windows;
    private final int groupSize;
    private final Contributions contributions;
    private transient LatenessBar bar;
    private transient Counter late;
    private transient Counter uncountable;

    ContributionFunction(AggregateSpec spec) {
        super(spec);
        GroupText groups = new GroupText(spec.groupBy());
        this.aggregate = spec.name();
        this.includesSnapshot = spec.includesSnapshot();
        this.windows = spec.windows();
        this.groupSize = groups.size();
        this.contributions = new Contributions(groups, windows);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        bar = new LatenessBar();
        bar.restore(context.getOperatorStateStore());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        bar.store();
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        late = AggregateMetrics.counter(getRuntimeContext().getMetricGroup(), aggregate, AggregateMetrics.LATE);
        uncountable =
                AggregateMetrics.counter(getRuntimeContext().getMetricGroup(), aggregate, AggregateMetrics.UNCOUNTABLE);
    }

    @Override
    void observed(long watermark) {
        bar.observe(watermark);
    }

    @Override
    long expiryOf(Object[] values) {
        return values[Slots.TIME] instanceof Long ? windows.closedFor((Long) values[Slots.TIME]) : Windows.NEVER;
    }

    @Override
    boolean admits(RowChange change, Remembered known, ReadOnlyContext context) {
        if (change.kind() == RowChange.Kind.DELETE) {
            if (known == null && isLate(change)) {
                rejectLate(change, context);
            }
            return false;
        }
        if (change.snapshot() && !includesSnapshot) {
            return false;
        }
        for (int i = Slots.AMOUNT; i <= Slots.TIME; i++) {
            if (change.value(i) == Values.UNAVAILABLE) {
                uncountable.inc();
                reject(
                        change,
                        Reason.MALFORMED,
                        "the event does not carry amount, quantity or time, and no earlier one is known; the row"
                                + " counts again with its next event that does",
                        context);
                return false;
            }
        }
        if (isLate(change)) {
            rejectLate(change, context);
            return false;
        }
        return true;
    }

    @Override
    void replaced(Object[] before, RowChange after, Collector<Delta> out) {
        Object[] now = after.kind() == RowChange.Kind.PUT ? after.values() : null;
        contributions.between(before, now).forEach(out::collect);
    }

    @Override
    Object[] forState(Object[] values) {
        return Slots.withoutKeys(values, groupSize);
    }

    private boolean isLate(RowChange change) {
        return change.values() != null && bar.isPast(expiryOf(change.values()));
    }

    private void rejectLate(RowChange change, ReadOnlyContext context) {
        late.inc();
        String time = Instant.ofEpochMilli((Long) change.value(Slots.TIME)).toString();
        reject(
                change,
                Reason.LATE,
                "its event time " + time
                        + " is in windows that can no longer be corrected; raise retention to accept it",
                context);
    }

    private void reject(RowChange change, Reason reason, String why, ReadOnlyContext context) {
        if (change.record() != null) {
            String where = "Aggregate." + aggregate + ": " + change.record().coordinates() + ": ";
            context.output(
                    RowExtractor.DEAD_LETTERS, new DeadLetter(change.record(), Stage.AGGREGATE, reason, where + why));
        }
    }
}
