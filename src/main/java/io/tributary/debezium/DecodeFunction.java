package io.tributary.debezium;

import io.tributary.config.LakeOptions.TruncatePolicy;
import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.DeadLetterRatio;
import io.tributary.format.CloseableWireDecoder;
import io.tributary.format.WireDecoderFactory;
import io.tributary.process.JobClasses;
import io.tributary.source.RawRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.api.java.tuple.Tuple7;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The operator around {@link EventReader}: changes go on, dead letters to the side, and everything is counted. The counts
 * are state, so that they are exact over restarts: read = changes + skipped + dead letters.
 */
public final class DecodeFunction extends ProcessFunction<RawRecord, ChangeEvent> implements CheckpointedFunction {
    public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters", DeadLetter.TYPE);

    private static final long serialVersionUID = 1L;

    private final WireDecoderFactory decoders;
    private final HashMap<String, List<String>> keyOverrides;
    private final DecodeLimits limits;

    private transient DecodeCounters counters;
    private transient ListState<Tuple3<String, String, Long>> savedCounters;
    private transient StreamedTimes times;
    private transient ListState<Tuple7<String, Integer, String, Long, String, Long, String>> savedTimes;
    private transient CloseableWireDecoder decoder;
    private transient EventReader reader;
    private transient Output output;

    /** @param keyOverrides key columns by the full names of the tables whose key the configuration gives */
    public DecodeFunction(WireDecoderFactory decoders, Map<String, List<String>> keyOverrides, DecodeLimits limits) {
        this.decoders = Objects.requireNonNull(decoders, "decoders");
        this.keyOverrides = new HashMap<>(keyOverrides);
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        counters = new DecodeCounters(getRuntimeContext().getMetricGroup(), System::currentTimeMillis);
        savedCounters = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(
                        "decode-counters", Types.TUPLE(Types.STRING, Types.STRING, Types.LONG)));
        for (Tuple3<String, String, Long> entry : savedCounters.get()) {
            counters.add(entry);
        }
        times = new StreamedTimes();
        // Unions: after a restart a partition may be another subtask's.
        savedTimes = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(
                        "log-times",
                        Types.TUPLE(
                                Types.STRING,
                                Types.INT,
                                Types.STRING,
                                Types.LONG,
                                Types.STRING,
                                Types.LONG,
                                Types.STRING)));
        for (Tuple7<String, Integer, String, Long, String, Long, String> entry : savedTimes.get()) {
            times.add(entry);
        }
        ListState<Tuple4<String, Integer, String, Long>> earlierVersions = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(
                        "streamed-times", Types.TUPLE(Types.STRING, Types.INT, Types.STRING, Types.LONG)));
        for (Tuple4<String, Integer, String, Long> entry : earlierVersions.get()) {
            times.addTime(entry);
        }
        earlierVersions.clear();
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        savedCounters.update(counters.entries());
        savedTimes.update(times.entries());
    }

    @Override
    public void open(OpenContext context) {
        JobClasses.releaseOn(getRuntimeContext()::registerUserCodeClassLoaderReleaseHookIfAbsent);
        decoder = decoders.open();
        counters.registryCalls(decoder::registryCalls);
        reader = new EventReader(decoder, keyOverrides::get, times);
        output = new Output(counters, limits);
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<ChangeEvent> out) {
        output.context = context;
        output.out = out;
        DeadLetter tooLarge = limits.size().check(record);
        if (tooLarge == null) {
            reader.read(record, output);
        } else {
            output.reject(tooLarge);
        }
        counters.read();
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
    }

    /** Counts each outcome and sends it where it belongs. */
    private static final class Output implements EventSink {
        private final DecodeCounters counters;
        private final TruncatePolicy truncate;
        private final DeadLetterRatio ratio;
        private Context context;
        private Collector<ChangeEvent> out;

        private Output(DecodeCounters counters, DecodeLimits limits) {
            this.counters = counters;
            this.truncate = limits.truncate();
            this.ratio = limits.openRatio();
        }

        @Override
        public void change(ChangeEvent event) {
            if (event.op() == Op.TRUNCATE && truncate != TruncatePolicy.APPLY) {
                if (truncate == TruncatePolicy.FAIL) {
                    throw new IllegalStateException("table " + event.table() + " was truncated (" + event.record()
                            + "), and Lake.truncate is `fail`: set it to `apply` or `ignore` to go on from here");
                }
                skip(event.record(), SkipReason.TRUNCATE_IGNORED);
                return;
            }
            ratio.accepted(nowMs());
            counters.change(event);
            if (event.op() == Op.CREATE && !event.complete()) {
                counters.createWithoutValues(event.table());
            }
            out.collect(event);
        }

        @Override
        public void skip(RawRecord record, SkipReason reason) {
            ratio.accepted(nowMs());
            counters.skip(record, reason);
        }

        @Override
        public void reject(DeadLetter letter) {
            counters.reject(letter.record(), letter.reason());
            context.output(DEAD_LETTERS, letter);
            ratio.rejected(letter, nowMs());
        }

        private static long nowMs() {
            return System.nanoTime() / 1_000_000;
        }
    }
}
