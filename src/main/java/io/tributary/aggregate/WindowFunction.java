package io.tributary.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Adds differences to the windows of their group, and sends the figures that changed: at most once per interval, when the
 * window is complete, and, for changes after that, again at most once per interval until it closes. A window whose orders
 * fall to zero is sent once more and forgotten. Keyed by group; one map entry per window.
 */
final class WindowFunction extends KeyedProcessFunction<String, Delta, Result> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final String aggregate;
    private final Windows windows;
    private final boolean quantity;
    private final long intervalMillis;
    private transient LatenessBar bar;
    private transient OpenWindows open;
    private transient MapState<Long, WindowFigures> figures;
    private transient MapState<Long, Boolean> changed;
    private transient Counter sent;

    WindowFunction(AggregateSpec spec) {
        this.aggregate = spec.name();
        this.windows = spec.windows();
        this.quantity = spec.quantity() != null;
        this.intervalMillis = spec.emitInterval().toMillis();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        bar = new LatenessBar();
        bar.restore(context.getOperatorStateStore());
        open = new OpenWindows();
        open.restore(context.getOperatorStateStore());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        bar.store();
        open.store();
    }

    @Override
    public void open(OpenContext context) {
        figures = getRuntimeContext().getMapState(new MapStateDescriptor<>("figures", Types.LONG, WindowFigures.TYPE));
        changed = getRuntimeContext().getMapState(new MapStateDescriptor<>("changed", Types.LONG, Types.BOOLEAN));
        MetricGroup metrics = AggregateMetrics.group(getRuntimeContext().getMetricGroup(), aggregate);
        sent = metrics.counter(AggregateMetrics.SENT);
        metrics.gauge(AggregateMetrics.WINDOWS_OPEN, this::openWindows);
    }

    @Override
    public void processElement(Delta delta, Context context, Collector<Result> out) throws Exception {
        bar.observe(context.timerService().currentWatermark());
        for (long start : windows.startsOf(delta.time())) {
            if (!bar.isPast(windows.closedAt(start))) {
                add(start, delta.difference(), context, out);
            }
        }
    }

    private void add(long start, Figures difference, Context context, Collector<Result> out) throws Exception {
        WindowFigures before = figures.get(start);
        if (before == null) {
            before = WindowFigures.EMPTY;
            open.opened();
            context.timerService().registerEventTimeTimer(windows.completeAt(start));
            context.timerService().registerEventTimeTimer(windows.closedAt(start));
        }
        figures.put(start, before.plus(difference));
        if (intervalMillis == 0 || Windows.isEndOfInput(context.timerService().currentWatermark())) {
            send(start, context, out);
        } else {
            changed.put(start, Boolean.TRUE);
            long now = context.timerService().currentProcessingTime();
            context.timerService().registerProcessingTimeTimer((now / intervalMillis + 1) * intervalMillis);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Result> out) throws Exception {
        bar.observe(context.timerService().currentWatermark());
        if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
            for (long start : changedStarts()) {
                send(start, context, out);
            }
            changed.clear();
        } else if (windows.isTotal()) {
            send(0, context, out);
        } else {
            send(windows.startOfWindowEnding(timestamp), context, out);
            long closing = windows.startOfWindowEnding(timestamp - windows.retention());
            send(closing, context, out);
            if (!Windows.isEndOfInput(context.timerService().currentWatermark())) {
                close(closing);
            }
        }
    }

    private void send(long start, Context context, Collector<Result> out) throws Exception {
        WindowFigures window = figures.get(start);
        if (window == null) {
            return;
        }
        boolean news = window.hasNews();
        changed.remove(start);
        if (news) {
            sent.inc();
            out.collect(Result.of(context.getCurrentKey(), window.current(), quantity, windows, start));
        }
        if (window.current().orders() == 0) {
            forget(start, context);
        } else if (news) {
            figures.put(start, window.asSent());
        }
    }

    /** Takes its timers along, except those that another window has at the same time: one closes as another completes. */
    private void forget(long start, Context context) throws Exception {
        remove(start);
        if (windows.isTotal()) {
            context.timerService().deleteEventTimeTimer(Windows.NEVER);
            return;
        }
        if (!figures.contains(start - windows.retention())) {
            context.timerService().deleteEventTimeTimer(windows.completeAt(start));
        }
        if (!figures.contains(start + windows.retention())) {
            context.timerService().deleteEventTimeTimer(windows.closedAt(start));
        }
    }

    private void close(long start) throws Exception {
        if (figures.contains(start)) {
            remove(start);
        }
    }

    private void remove(long start) throws Exception {
        figures.remove(start);
        open.closed();
    }

    /** @return windows with figures, of all groups of the subtask */
    long openWindows() {
        return open.count();
    }

    private List<Long> changedStarts() throws Exception {
        List<Long> starts = new ArrayList<>();
        changed.keys().forEach(starts::add);
        return starts;
    }
}
