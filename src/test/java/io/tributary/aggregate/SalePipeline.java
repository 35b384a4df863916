package io.tributary.aggregate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.deadletter.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
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
 * from a checkpoint, also with another parallelism.
 */
final class SalePipeline implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_PARALLELISM = 16;

    private final AggregateSpec spec;
    private final StateBackend backend;
    private final List<Result> results = new ArrayList<>();
    private final List<Result> topic = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final List<KeyedTwoInputStreamOperatorTestHarness<String, RowChange, String, Delta>> contributions =
            new ArrayList<>();
    private final List<WindowFunction> windowFunctions = new ArrayList<>();
    private final List<KeyedOneInputStreamOperatorTestHarness<String, Delta, Result>> windows = new ArrayList<>();
    private final List<KeyedOneInputStreamOperatorTestHarness<String, Result, Result>> held = new ArrayList<>();
    private long checkpoint;
    private long restored;
    private Saved saved;
    private long now;

    private record Saved(
            int parallelism,
            OperatorSubtaskState contributions,
            OperatorSubtaskState windows,
            OperatorSubtaskState held) {}

    SalePipeline(AggregateSpec spec) throws Exception {
        this(spec, null);
    }

    /** @param backend where the state is; null for the heap */
    SalePipeline(AggregateSpec spec, StateBackend backend) throws Exception {
        this.spec = spec;
        this.backend = backend;
        open(1);
    }

    /** RocksDB, for which a harness has no managed memory. */
    static StateBackend rocksDb() {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.getMemoryConfiguration().setFixedMemoryPerSlot("64 mb");
        return backend;
    }

    private void open(int parallelism) throws Exception {
        for (int subtask = 0; subtask < parallelism; subtask++) {
            contributions.add(new KeyedTwoInputStreamOperatorTestHarness<>(
                    new CoBroadcastWithKeyedOperator<>(
                            new ContributionFunction(spec), List.of(LatestRowFunction.TRUNCATES)),
                    RowChange::key,
                    null,
                    Types.STRING,
                    MAX_PARALLELISM,
                    parallelism,
                    subtask));
            windowFunctions.add(new WindowFunction(spec));
            windows.add(new KeyedOneInputStreamOperatorTestHarness<>(
                    new KeyedProcessOperator<>(windowFunctions.get(subtask)),
                    Delta::group,
                    Types.STRING,
                    MAX_PARALLELISM,
                    parallelism,
                    subtask));
            held.add(new KeyedOneInputStreamOperatorTestHarness<>(
                    new HoldingOperator(!spec.isExactlyOnce()),
                    Result::group,
                    Types.STRING,
                    MAX_PARALLELISM,
                    parallelism,
                    subtask));
            open(contributions.get(subtask), Delta.TYPE, stateOf(Saved::contributions, parallelism, subtask));
            open(windows.get(subtask), Result.TYPE, stateOf(Saved::windows, parallelism, subtask));
            open(held.get(subtask), Result.TYPE, stateOf(Saved::held, parallelism, subtask));
            contributions.get(subtask).setProcessingTime(now);
            windows.get(subtask).setProcessingTime(now);
            drain(subtask);
        }
    }

    /** @return the subtask's part of the saved state, as Flink hands it out; null where nothing is saved */
    private OperatorSubtaskState stateOf(Function<Saved, OperatorSubtaskState> operator, int parallelism, int subtask) {
        return saved == null
                ? null
                : AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        operator.apply(saved), MAX_PARALLELISM, saved.parallelism(), parallelism, subtask);
    }

    private <OUT> void open(
            AbstractStreamOperatorTestHarness<OUT> harness, TypeInformation<OUT> type, OperatorSubtaskState state)
            throws Exception {
        harness.getExecutionConfig().disableGenericTypes();
        if (backend != null) {
            harness.setStateBackend(backend);
            harness.setCheckpointStorage(new JobManagerCheckpointStorage());
        }
        if (state != null) {
            harness.setRestoredCheckpointId(restored);
        }
        harness.setup(type.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    void restart() throws Exception {
        restart(contributions.size());
    }

    void restart(int parallelism) throws Exception {
        checkpoint();
        stop();
        open(parallelism);
    }

    void checkpoint() throws Exception {
        checkpointWithoutNotice();
        for (int subtask = 0; subtask < held.size(); subtask++) {
            held.get(subtask).notifyOfCompletedCheckpoint(checkpoint);
            drain(subtask);
        }
    }

    /** A checkpoint that is complete, but the operators do not hear of it. */
    void checkpointWithoutNotice() throws Exception {
        checkpoint++;
        saved = new Saved(contributions.size(), snapshot(contributions), snapshot(windows), snapshot(held));
    }

    private OperatorSubtaskState snapshot(List<? extends AbstractStreamOperatorTestHarness<?>> harnesses)
            throws Exception {
        OperatorSubtaskState[] states = new OperatorSubtaskState[harnesses.size()];
        for (int subtask = 0; subtask < states.length; subtask++) {
            states[subtask] = harnesses.get(subtask).snapshot(checkpoint, now);
        }
        return AbstractStreamOperatorTestHarness.repackageState(states);
    }

    /** Goes back to the last checkpoint; what is in the topic stays there. */
    void crash() throws Exception {
        stop();
        open(saved.parallelism());
    }

    private void stop() {
        collectLetters();
        close();
        restored = checkpoint;
    }

    void sale(RowChange change) throws Exception {
        int subtask = subtaskOf(change.key());
        contributions.get(subtask).processElement1(new StreamRecord<>(change));
        pass();
    }

    void truncate(String position) throws Exception {
        for (var harness : contributions) {
            harness.processElement2(new StreamRecord<>(position));
        }
        pass();
    }

    void watermark(long time) throws Exception {
        for (var harness : contributions) {
            harness.processBothWatermarks(new Watermark(time));
        }
        pass();
        for (int subtask = 0; subtask < windows.size(); subtask++) {
            windows.get(subtask).processWatermark(new Watermark(time));
            drain(subtask);
        }
    }

    void processingTime(long time) throws Exception {
        now = time;
        for (var harness : contributions) {
            harness.setProcessingTime(time);
        }
        pass();
        for (int subtask = 0; subtask < windows.size(); subtask++) {
            windows.get(subtask).setProcessingTime(time);
            drain(subtask);
        }
    }

    private void pass() throws Exception {
        for (var harness : contributions) {
            for (Delta delta : harness.extractOutputValues()) {
                int subtask = subtaskOf(delta.group());
                windows.get(subtask).processElement(new StreamRecord<>(delta));
                drain(subtask);
            }
            harness.getOutput().clear();
        }
    }

    private void drain(int subtask) throws Exception {
        for (Result result : windows.get(subtask).extractOutputValues()) {
            results.add(result);
            held.get(subtask).processElement(new StreamRecord<>(result));
        }
        windows.get(subtask).getOutput().clear();
        topic.addAll(held.get(subtask).extractOutputValues());
        held.get(subtask).getOutput().clear();
    }

    private int subtaskOf(String key) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, contributions.size());
    }

    private void collectLetters() {
        for (var harness : contributions) {
            var side = harness.getSideOutput(RowExtractor.DEAD_LETTERS);
            if (side != null) {
                side.forEach(letter -> letters.add(letter.getValue()));
                side.clear();
            }
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
        return windowFunctions.stream().mapToLong(WindowFunction::openWindows).sum();
    }

    /** @return entries of keyed state on the heap */
    int stateEntries() {
        int entries = 0;
        for (int subtask = 0; subtask < contributions.size(); subtask++) {
            entries += contributions.get(subtask).numKeyedStateEntries()
                    + windows.get(subtask).numKeyedStateEntries()
                    + held.get(subtask).numKeyedStateEntries();
        }
        return entries;
    }

    int timers() {
        return Stream.of(contributions, windows)
                .<AbstractStreamOperatorTestHarness<?>>flatMap(List::stream)
                .mapToInt(harness -> harness.numEventTimeTimers() + harness.numProcessingTimeTimers())
                .sum();
    }

    @Override
    public void close() {
        try {
            for (int subtask = 0; subtask < contributions.size(); subtask++) {
                contributions.get(subtask).close();
                windows.get(subtask).close();
                held.get(subtask).close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot close the harnesses", e);
        }
        contributions.clear();
        windowFunctions.clear();
        windows.clear();
        held.clear();
    }
}
