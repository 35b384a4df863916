package io.tributary.aggregate;

import io.tributary.deadletter.DeadLetter;
import io.tributary.debezium.ChangeEvent;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Builds the operators of one aggregate. Every uid is {@code aggregate-<name>-<what>}. */
final class AggregateBranch {
    private static final KeySelector<RowChange, String> BY_KEY = RowChange::key;

    private final AggregateSpec spec;
    private final DataStream<ChangeEvent> changes;
    private final ReaderFactory readers;
    private final boolean bounded;
    private DataStream<DeadLetter> deadLetters;

    /** @param bounded whether the input ends; then event time waits for all inputs, and no partition is idle */
    AggregateBranch(AggregateSpec spec, DataStream<ChangeEvent> changes, ReaderFactory readers, boolean bounded) {
        this.spec = spec;
        this.changes = changes;
        this.readers = readers;
        this.bounded = bounded;
    }

    AggregateStreams build() {
        Node sale = Node.rootOf(spec);
        SingleOutputStreamOperator<RowChange> extracted = extracted(sale);
        BroadcastStream<String> truncates = truncates(extracted, sale);
        DataStream<RowChange> rows = withEventTime(extracted);
        for (Join join : sale.joins()) {
            if (join == sale.joins().get(0)) {
                rows = latest(rows, truncates, sale);
            }
            rows = lookedUp(rows, sale, join, spec.isRetroactive());
        }
        SingleOutputStreamOperator<Delta> deltas = named(
                rows.keyBy(BY_KEY, Types.STRING).connect(truncates).process(new ContributionFunction(spec), Delta.TYPE),
                "contributions");
        collect(deltas.getSideOutput(RowExtractor.DEAD_LETTERS));
        KeySelector<Delta, String> byGroup = Delta::group;
        DataStream<Result> results =
                named(deltas.keyBy(byGroup, Types.STRING).process(new WindowFunction(spec), Result.TYPE), "windows");
        return new AggregateStreams(held(results), deadLetters);
    }

    /** The results have the keys of the windows, and stay where they are. */
    private DataStream<Result> held(DataStream<Result> results) {
        KeySelector<Result, String> byGroup = Result::group;
        return named(
                DataStreamUtils.reinterpretAsKeyedStream(results, byGroup, Types.STRING)
                        .transform("held", Result.TYPE, new HoldingOperator(!spec.isExactlyOnce())),
                "held");
    }

    /** The dimension's rows in order, with the values of the dimensions behind it. */
    private DataStream<RowChange> dimensionRows(Node node) {
        SingleOutputStreamOperator<RowChange> extracted = extracted(node);
        DataStream<RowChange> rows = latest(idle(extracted, node.label() + "-time"), truncates(extracted, node), node);
        for (Join join : node.joins()) {
            rows = lookedUp(rows, node, join, true);
        }
        return rows;
    }

    private DataStream<RowChange> lookedUp(DataStream<RowChange> rows, Node node, Join join, boolean retroactive) {
        KeySelector<RowChange, String> byReference = join::keyOf;
        KeySelector<RowChange, String> byKey = row -> Join.keyOf(row.key());
        return named(
                rows.keyBy(byReference, Types.STRING)
                        .connect(dimensionRows(join.dimension()).keyBy(byKey, Types.STRING))
                        .process(new LookupFunction(spec, join, retroactive), RowChange.TYPE),
                node.label() + "-" + join.dimension().label() + "-lookup");
    }

    private DataStream<RowChange> latest(DataStream<RowChange> rows, BroadcastStream<String> truncates, Node node) {
        return named(
                rows.keyBy(BY_KEY, Types.STRING)
                        .connect(truncates)
                        .process(new LatestRowsFunction(spec, node), RowChange.TYPE),
                node.label() + "-latest");
    }

    private SingleOutputStreamOperator<RowChange> extracted(Node node) {
        SingleOutputStreamOperator<RowChange> extracted =
                named(changes.process(new RowExtractor(spec, node, readers), RowChange.TYPE), node.label() + "-rows");
        collect(extracted.getSideOutput(RowExtractor.DEAD_LETTERS));
        return extracted;
    }

    private BroadcastStream<String> truncates(SingleOutputStreamOperator<RowChange> extracted, Node node) {
        return idle(extracted.getSideOutput(RowExtractor.TRUNCATES), node.label() + "-truncates-time")
                .broadcast(LatestRowFunction.TRUNCATES);
    }

    private DataStream<RowChange> withEventTime(DataStream<RowChange> rows) {
        Duration outOfOrderness = spec.outOfOrderness();
        Duration idleTimeout = spec.idleTimeout();
        boolean idles = !bounded;
        WatermarkStrategy<RowChange> strategy = WatermarkStrategy.forGenerator(
                context -> new PartitionWatermarks(outOfOrderness, idleTimeout, idles, System::currentTimeMillis));
        return named(
                rows.assignTimestampsAndWatermarks(strategy.withTimestampAssigner((row, previous) -> previous)),
                "sale-time");
    }

    private <T> SingleOutputStreamOperator<T> idle(DataStream<T> stream, String what) {
        WatermarkStrategy<T> strategy = bounded
                ? WatermarkStrategy.noWatermarks()
                : WatermarkStrategy.forGenerator(context -> new IdleWatermarks<>());
        return named(
                stream.assignTimestampsAndWatermarks(strategy.withTimestampAssigner((row, previous) -> previous)),
                what);
    }

    private <T> SingleOutputStreamOperator<T> named(SingleOutputStreamOperator<T> operator, String what) {
        String name = "aggregate-" + spec.name() + "-" + what;
        return operator.uid(name).name(name);
    }

    private void collect(DataStream<DeadLetter> letters) {
        deadLetters = deadLetters == null ? letters : deadLetters.union(letters);
    }
}
