package io.tributary.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Fills in the values of a dimension row; keyed by the dimension's key ({@link Join#keyOf}). A row whose dimension row has
 * not arrived waits, then goes on as {@code unknown}. If retroactive, rows are remembered as long as they refer to the
 * dimension row, and sent again, at their old position, when it changes; a deleted dimension row makes them
 * {@code unknown}. If not, a row keeps the values that it met, and a deleted dimension row keeps naming rows that arrive
 * after it.
 *
 * <p>A version of a row always takes the same way, so its repetitions arrive in their order. Different versions may
 * overtake each other between two lookups, where only the first refers to another dimension row: so an older version, or
 * the leave it takes, does not touch a newer one; and whoever receives the rows decides by position.
 */
final class LookupFunction extends KeyedCoProcessFunction<String, RowChange, RowChange, RowChange> {
    private static final long serialVersionUID = 1L;
    private static final int DEADLINES_PER_WAIT = 10;

    private final String aggregate;
    private final Join join;
    private final boolean retroactive;
    private final long waitMillis;
    private final long retention;
    private transient ValueState<Remembered> dimension;
    private transient MapState<String, Waiting> waiting;
    private transient MapState<String, RowChange> referring;
    private transient Counter unknown;

    /** @param retroactive always true where the rows are dimension rows themselves: they must be up to date */
    LookupFunction(AggregateSpec spec, Join join, boolean retroactive) {
        this.aggregate = spec.name();
        this.join = join;
        this.retroactive = retroactive;
        this.waitMillis = Windows.atMostLongest(spec.dimensionWait());
        this.retention = spec.windows().retention();
    }

    @Override
    public void open(OpenContext context) {
        dimension = getRuntimeContext().getState(new ValueStateDescriptor<>("dimension", Remembered.TYPE));
        waiting = getRuntimeContext().getMapState(new MapStateDescriptor<>("waiting", Types.STRING, Waiting.TYPE));
        referring =
                getRuntimeContext().getMapState(new MapStateDescriptor<>("referring", Types.STRING, RowChange.TYPE));
        unknown = AggregateMetrics.counter(
                getRuntimeContext().getMetricGroup(), aggregate, AggregateMetrics.UNKNOWN_DIMENSION);
    }

    @Override
    public void processElement1(RowChange row, Context context, Collector<RowChange> out) throws Exception {
        Waiting waited = waiting.get(row.key());
        boolean overtaken = isOlder(row, waited == null ? referring.get(row.key()) : waited.row());
        if (row.kind() != RowChange.Kind.PUT) {
            if (!overtaken) {
                if (waited != null && row.kind() == RowChange.Kind.FORGET) {
                    unknown.inc();
                    out.collect(filled(waited.row(), null));
                }
                stopWaiting(row.key(), waited, context);
                referring.remove(row.key());
            }
            out.collect(row);
            return;
        }
        if (overtaken) {
            return;
        }
        if (!join.refers(row)) {
            out.collect(filled(row, null));
            return;
        }
        Remembered known = dimension.value();
        if (known != null
                || waitMillis == 0
                || Windows.isEndOfInput(context.timerService().currentWatermark())) {
            stopWaiting(row.key(), waited, context);
            goOn(row, known == null ? null : known.values(), out);
        } else {
            long deadline = waited == null ? newDeadline(context) : waited.deadline();
            waiting.put(row.key(), new Waiting(row, deadline));
            referring.remove(row.key());
            context.timerService().registerProcessingTimeTimer(deadline);
            context.timerService().registerEventTimeTimer(Windows.NEVER);
        }
    }

    @Override
    public void processElement2(RowChange row, Context context, Collector<RowChange> out) throws Exception {
        Remembered before = dimension.value();
        if (row.kind().isForLookups() || before != null && row.position().compareTo(before.position()) < 0) {
            return;
        }
        Object[] valuesBefore = before == null ? null : before.values();
        Object[] values = row.values();
        if (row.kind() == RowChange.Kind.DELETE) {
            values = retroactive ? null : valuesBefore;
        }
        if (before != null && !before.isCounted()) {
            context.timerService().deleteProcessingTimeTimer(before.forgetAt());
        }
        if (values == null) {
            long forgetAt = context.timerService().currentProcessingTime() + retention;
            dimension.update(Remembered.uncounted(row.position(), forgetAt));
            context.timerService().registerProcessingTimeTimer(forgetAt);
        } else {
            dimension.update(Remembered.counted(row.position(), values));
        }
        if (retroactive && !sameValues(valuesBefore, values)) {
            for (RowChange referring : copyOf(referring.values())) {
                out.collect(filled(referring, values));
            }
        }
        for (Waiting waited : copyOf(waiting.values())) {
            goOn(waited.row(), values, out);
            context.timerService().deleteProcessingTimeTimer(waited.deadline());
        }
        clearWaiting(context);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<RowChange> out) throws Exception {
        boolean ended = timestamp == Windows.NEVER;
        for (Waiting waited : copyOf(waiting.values())) {
            if (ended || waited.deadline() <= timestamp) {
                unknown.inc();
                goOn(waited.row(), null, out);
                stopWaiting(waited.row().key(), waited, context);
            }
        }
        Remembered known = dimension.value();
        if (known != null && !known.isCounted() && known.forgetAt() <= timestamp) {
            dimension.clear();
        }
    }

    private void goOn(RowChange row, Object[] values, Collector<RowChange> out) throws Exception {
        out.collect(filled(row, values));
        if (retroactive) {
            referring.put(row.key(), row.withoutRecord());
        }
    }

    private RowChange filled(RowChange row, Object[] values) {
        return row.withValues(join.fill(row.values(), values));
    }

    /** A row that leaves does so with the position of its newer version, which may have come here before. */
    private static boolean isOlder(RowChange row, RowChange known) {
        int newer = known == null ? 1 : row.position().compareTo(known.position());
        return newer < 0 || newer == 0 && row.kind() == RowChange.Kind.LEAVE;
    }

    private boolean sameValues(Object[] before, Object[] after) {
        return before == null || after == null ? before == after : Slots.same(before, after, join.from());
    }

    private void stopWaiting(String key, Waiting waited, Context context) throws Exception {
        if (waited != null) {
            waiting.remove(key);
            if (waiting.isEmpty()) {
                context.timerService().deleteProcessingTimeTimer(waited.deadline());
                clearWaiting(context);
            }
        }
    }

    private void clearWaiting(Context context) {
        waiting.clear();
        context.timerService().deleteEventTimeTimer(Windows.NEVER);
    }

    /** Rounded up, so that a key with many rows that wait has few timers. */
    private long newDeadline(Context context) {
        long grain = Math.max(1, waitMillis / DEADLINES_PER_WAIT);
        long due = context.timerService().currentProcessingTime() + waitMillis;
        return (due + grain - 1) / grain * grain;
    }

    private static <T> List<T> copyOf(Iterable<T> state) {
        List<T> copy = new ArrayList<>();
        state.forEach(copy::add);
        return copy;
    }
}
