package io.tributary.aggregate;

import io.tributary.source.RawRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Remembers the newest version of each row, and tells its subclass what replaces what. Keyed by the row's key; the
 * broadcast side carries the positions of truncates.
 *
 * <ul>
 *   <li>A change that is older than what is known of the row, or than the last truncate, changes nothing. One with an
 *       equal position is the same change again, with dimension values that may be newer.
 *   <li>Values that a change does not carry stay what they were.
 *   <li>A row that counts is forgotten when the watermark reaches {@link #expiryOf}, without a word: its windows are
 *       closed by then. What is known of a row that does not count, its position, is kept for the retention in
 *       processing time, since it guards against disorder on the way, and its event time may not be known.
 *   <li>The end of the input makes nothing forgotten: what a drained savepoint holds can still be corrected.
 * </ul>
 *
 * @param <OUT> what the subclass makes of it
 */
abstract class LatestRowFunction<OUT> extends KeyedBroadcastProcessFunction<String, RowChange, String, OUT> {
    private static final long serialVersionUID = 1L;
    private static final String TRUNCATED_AT = "position";

    /** The position of the last truncate. */
    static final MapStateDescriptor<String, String> TRUNCATES =
            new MapStateDescriptor<>("truncates", Types.STRING, Types.STRING);

    private final String aggregate;
    private final long retention;
    private transient ValueState<Remembered> row;
    private transient Counter superseded;

    LatestRowFunction(AggregateSpec spec) {
        this.aggregate = spec.name();
        this.retention = spec.windows().retention();
    }

    /** @return the watermark at which a row with these values can be forgotten; {@link Windows#NEVER} for never */
    abstract long expiryOf(Object[] values);

    /**
     * @param change with the values that it does not carry filled in, where they are known
     * @param known what is known of the row; null for a row that is new
     * @return whether the row counts as it is now; if not, what was counted of it is taken out
     */
    abstract boolean admits(RowChange change, Remembered known, ReadOnlyContext context);

    /**
     * Something changed.
     *
     * @param before the values that counted; null for none
     * @param after the change with the values that count now, or a DELETE with those of {@code before}, if there are any
     */
    abstract void replaced(Object[] before, RowChange after, Collector<OUT> out);

    /** The row was forgotten; nothing is taken out of any window. */
    void forgotten(String key, Remembered row, Collector<OUT> out) {}

    /** Called with every watermark that is seen while something happens. */
    void observed(long watermark) {}

    @Override
    public void open(OpenContext context) throws Exception {
        row = getRuntimeContext().getState(rowDescriptor());
        superseded =
                AggregateMetrics.counter(getRuntimeContext().getMetricGroup(), aggregate, AggregateMetrics.SUPERSEDED);
    }

    @Override
    public void processElement(RowChange change, ReadOnlyContext context, Collector<OUT> out) throws Exception {
        observed(context.currentWatermark());
        if (change.kind().isForLookups()) {
            return;
        }
        Remembered before = row.value();
        if (isOld(change, before, context.getBroadcastState(TRUNCATES).get(TRUNCATED_AT))) {
            superseded.inc();
            return;
        }
        Object[] valuesBefore = before == null ? null : before.values();
        RowChange merged = change.kind() == RowChange.Kind.PUT
                ? change.withValues(Slots.merge(valuesBefore, change.values()))
                : change;
        if (admits(merged, before, context)) {
            remember(before, Remembered.counted(merged.position(), forState(merged.values())), context);
            replaced(valuesBefore, merged, out);
        } else {
            long forgetAt = context.timerService().currentProcessingTime() + retention;
            remember(before, Remembered.uncounted(merged.position(), forgetAt), context);
            Object[] lastValues = valuesBefore == null ? merged.values() : valuesBefore;
            replaced(valuesBefore, gone(merged.key(), merged.position(), lastValues, merged.record()), out);
        }
    }

    /** Every row that is older than the truncate is gone; what arrives later and is older stays out. */
    @Override
    public void processBroadcastElement(String position, Context context, Collector<OUT> out) throws Exception {
        observed(context.currentWatermark());
        String last = context.getBroadcastState(TRUNCATES).get(TRUNCATED_AT);
        if (last != null && last.compareTo(position) >= 0) {
            return;
        }
        context.getBroadcastState(TRUNCATES).put(TRUNCATED_AT, position);
        context.applyToKeyedState(rowDescriptor(), (key, state) -> {
            Remembered before = state.value();
            if (before != null && before.isCounted() && before.position().compareTo(position) < 0) {
                state.clear();
                replaced(before.values(), gone(key, position, before.values(), null), out);
            }
        });
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<OUT> out) throws Exception {
        observed(context.currentWatermark());
        Remembered known = row.value();
        if (known == null || Windows.isEndOfInput(context.currentWatermark())) {
            return;
        }
        long due = known.isCounted() ? expiryOf(known.values()) : known.forgetAt();
        if (due <= timestamp) {
            row.clear();
            forgotten(context.getCurrentKey(), known, out);
        }
    }

    /** @return the part of the values that must be remembered */
    Object[] forState(Object[] values) {
        return values;
    }

    private static boolean isOld(RowChange change, Remembered known, String truncatedAt) {
        if (truncatedAt != null && change.position().compareTo(truncatedAt) <= 0) {
            return true;
        }
        if (known == null) {
            return false;
        }
        int newer = change.position().compareTo(known.position());
        return newer < 0 || newer == 0 && !known.isCounted();
    }

    private static RowChange gone(String key, String position, Object[] lastValues, RawRecord record) {
        return new RowChange(RowChange.Kind.DELETE, key, position, false, lastValues, record);
    }

    private void remember(Remembered before, Remembered after, ReadOnlyContext context) throws Exception {
        if (before != null && before.isCounted() && expiryOf(before.values()) != Windows.NEVER) {
            context.timerService().deleteEventTimeTimer(expiryOf(before.values()));
        } else if (before != null && !before.isCounted()) {
            context.timerService().deleteProcessingTimeTimer(before.forgetAt());
        }
        row.update(after);
        if (!after.isCounted()) {
            context.timerService().registerProcessingTimeTimer(after.forgetAt());
        } else if (expiryOf(after.values()) != Windows.NEVER) {
            context.timerService().registerEventTimeTimer(expiryOf(after.values()));
        }
    }

    private static ValueStateDescriptor<Remembered> rowDescriptor() {
        return new ValueStateDescriptor<>("row", Remembered.TYPE);
    }
}
