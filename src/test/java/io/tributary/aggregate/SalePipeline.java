package io.tributary.aggregate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.deadletter.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * The contributions, the windows and what is held behind them, in harnesses, one behind the other, that can be restarted
 * from a checkpoint.
 */
final class SalePipeline implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AggregateSpec spec;
    private final StateBackend backend;
    private final List<Result> results = new ArrayList<>();
    private final List<Result> topic = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private KeyedTwoInputStreamOperatorTestHarness<String, RowChange, String, Delta> contributions;
    private WindowFunction windowFunction;
    private KeyedOneInputStreamOperatorTestHarness<String, Delta, Result> windows;
    private KeyedOneInputStreamOperatorTestHarness<String, Result, Result> held;
    private long checkpoint;
    private long restored;
    private Saved saved;
    private long now;

    private record Saved(OperatorSubtaskState contributions, OperatorSubtaskState windows, OperatorSubtaskState held) {}

    SalePipeline(AggregateSpec spec) throws Exception {
        this(spec, null);
    }

    /** @param backend where the state is; null for the heap */
    SalePipeline(AggregateSpec spec, StateBackend backend) throws Exception {
        this.spec = spec;
        this.backend = backend;
        open();
    }

    private void open() throws Exception {
        contributions = new KeyedTwoInputStreamOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        new ContributionFunction(spec), List.of(LatestRowFunction.TRUNCATES)),
                RowChange::key,
                null,
                Types.STRING);
        windowFunction = new WindowFunction(spec);
        windows = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(windowFunction), Delta::group, Types.STRING);
        held = new KeyedOneInputStreamOperatorTestHarness<>(
                new HoldingOperator(!spec.isExactlyOnce()), Result::group, Types.STRING);
        for (AbstractStreamOperatorTestHarness<?> harness : List.of(contributions, windows, held)) {
            harness.getExecutionConfig().disableGenericTypes();
            if (backend != null) {
                harness.setStateBackend(backend);
                harness.setCheckpointStorage(new JobManagerCheckpointStorage());
            }
            if (saved != null) {
                harness.setRestoredCheckpointId(restored);
            }
        }
        contributions.setup(
                Delta.TYPE.createSerializer(contributions.getExecutionConfig().getSerializerConfig()));
        windows.setup(Result.TYPE.createSerializer(windows.getExecutionConfig().getSerializerConfig()));
        held.setup(Result.TYPE.createSerializer(held.getExecutionConfig().getSerializerConfig()));
        if (saved != null) {
            contributions.initializeState(saved.contributions());
            windows.initializeState(saved.windows());
            held.initializeState(saved.held());
        }
        contributions.open();
        windows.open();
        held.open();
        contributions.setProcessingTime(now);
        windows.setProcessingTime(now);
        drain();
    }

    void restart() throws Exception {
        checkpoint();
        crash();
    }

    void checkpoint() throws Exception {
        checkpointWithoutNotice();
        held.notifyOfCompletedCheckpoint(checkpoint);
        drain();
    }

    /** A checkpoint that is complete, but the operators do not hear of it. */
    void checkpointWithoutNotice() throws Exception {
        checkpoint++;
        saved = new Saved(
                contributions.snapshot(checkpoint, now),
                windows.snapshot(checkpoint, now),
                held.snapshot(checkpoint, now));
    }

    /** Goes back to the last checkpoint; what is in the topic stays there. */
    void crash() throws Exception {
        collectLetters();
        close();
        restored = checkpoint;
        open();
    }

    void sale(RowChange change) throws Exception {
        contributions.processElement1(new StreamRecord<>(change));
        pass();
    }

    void truncate(String position) throws Exception {
        contributions.processElement2(new StreamRecord<>(position));
        pass();
    }

    void watermark(long time) throws Exception {
        contributions.processBothWatermarks(new Watermark(time));
        pass();
        windows.processWatermark(new Watermark(time));
        drain();
    }

    void processingTime(long time) throws Exception {
        now = time;
        contributions.setProcessingTime(time);
        pass();
        windows.setProcessingTime(time);
        drain();
    }

    private void pass() throws Exception {
        for (Delta delta : contributions.extractOutputValues()) {
            windows.processElement(new StreamRecord<>(delta));
        }
        contributions.getOutput().clear();
        drain();
    }

    private void drain() throws Exception {
        for (Result result : windows.extractOutputValues()) {
            results.add(result);
            held.processElement(new StreamRecord<>(result));
        }
        windows.getOutput().clear();
        topic.addAll(held.extractOutputValues());
        held.getOutput().clear();
    }

    private void collectLetters() {
        var side = contributions.getSideOutput(RowExtractor.DEAD_LETTERS);
        if (side != null) {
            side.forEach(letter -> letters.add(letter.getValue()));
            side.clear();
        }
    }

    /** Everything that the windows have sent since the last call. */
    List<String> sent() {
        List<String> values = results.stream().map(Result::value).toList();
        results.clear();
        return values;
    }

    List<DeadLetter> letters() {
        collectLetters();
        return letters;
    }

    /** What a compacted topic holds in the end: the last value of each key; those with zero orders left out. */
    Map<String, String> topic() throws Exception {
        checkpoint();
        Map<String, String> last = new TreeMap<>();
        for (Result result : topic) {
            JsonNode value = JSON.readTree(result.value());
            if (value.get("orders").asLong() == 0) {
                last.remove(result.key());
            } else {
                last.put(result.key(), result.value());
            }
        }
        return last;
    }

    long openWindows() {
        return windowFunction.openWindows();
    }

    int stateEntries() {
        return contributions.numKeyedStateEntries() + windows.numKeyedStateEntries() + held.numKeyedStateEntries();
    }

    int timers() {
        return contributions.numEventTimeTimers()
                + contributions.numProcessingTimeTimers()
                + windows.numEventTimeTimers()
                + windows.numProcessingTimeTimers();
    }

    @Override
    public void close() {
        try {
            contributions.close();
            windows.close();
            held.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close the harnesses", e);
        }
    }
}
