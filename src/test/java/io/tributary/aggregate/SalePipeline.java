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
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** The contributions and the windows, in harnesses, one behind the other; both can be restarted from a snapshot. */
final class SalePipeline implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AggregateSpec spec;
    private final List<Result> results = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private KeyedTwoInputStreamOperatorTestHarness<String, RowChange, String, Delta> contributions;
    private KeyedOneInputStreamOperatorTestHarness<String, Delta, Result> windows;
    private long checkpoint;
    private long restored;
    private OperatorSubtaskState savedContributions;
    private OperatorSubtaskState savedWindows;
    private long now;

    SalePipeline(AggregateSpec spec) throws Exception {
        this.spec = spec;
        open(null, null);
    }

    private void open(OperatorSubtaskState first, OperatorSubtaskState second) throws Exception {
        contributions = new KeyedTwoInputStreamOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        new ContributionFunction(spec), List.of(LatestRowFunction.TRUNCATES)),
                RowChange::key,
                null,
                Types.STRING);
        windows = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new WindowFunction(spec)), Delta::group, Types.STRING);
        contributions.getExecutionConfig().disableGenericTypes();
        windows.getExecutionConfig().disableGenericTypes();
        contributions.setup(
                Delta.TYPE.createSerializer(contributions.getExecutionConfig().getSerializerConfig()));
        windows.setup(Result.TYPE.createSerializer(windows.getExecutionConfig().getSerializerConfig()));
        if (first != null) {
            contributions.setRestoredCheckpointId(restored);
            windows.setRestoredCheckpointId(restored);
            contributions.initializeState(first);
            windows.initializeState(second);
        }
        contributions.open();
        windows.open();
        contributions.setProcessingTime(now);
        windows.setProcessingTime(now);
    }

    void restart() throws Exception {
        checkpoint();
        crash();
    }

    void checkpoint() throws Exception {
        checkpoint++;
        savedContributions = contributions.snapshot(checkpoint, now);
        savedWindows = windows.snapshot(checkpoint, now);
    }

    /** Goes back to the last checkpoint; what was sent since then stays sent. */
    void crash() throws Exception {
        collectLetters();
        contributions.close();
        windows.close();
        restored = checkpoint;
        open(savedContributions, savedWindows);
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

    private void drain() {
        results.addAll(windows.extractOutputValues());
        windows.getOutput().clear();
    }

    private void collectLetters() {
        var side = contributions.getSideOutput(RowExtractor.DEAD_LETTERS);
        if (side != null) {
            side.forEach(letter -> letters.add(letter.getValue()));
            side.clear();
        }
    }

    /** Everything sent since the last call. */
    List<String> sent() {
        List<String> values = results.stream().map(Result::value).toList();
        results.clear();
        return values;
    }

    List<DeadLetter> letters() {
        collectLetters();
        return letters;
    }

    /** What a compacted topic holds: the last value of each key; those with zero orders left out. */
    Map<String, String> topic() throws Exception {
        Map<String, String> last = new TreeMap<>();
        for (Result result : results) {
            JsonNode value = JSON.readTree(result.value());
            if (value.get("orders").asLong() == 0) {
                last.remove(result.key());
            } else {
                last.put(result.key(), result.value());
            }
        }
        return last;
    }

    int stateEntries() {
        return contributions.numKeyedStateEntries() + windows.numKeyedStateEntries();
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
        } catch (Exception e) {
            throw new IllegalStateException("cannot close the harnesses", e);
        }
    }
}
