package io.tributary.aggregate;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * The operators of an aggregate with dimensions, in harnesses, with channels between them as if each ran in two subtasks:
 * what goes from one subtask to another keeps its order, everything else is read in random order.
 */
final class ShuffledJoin implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SUBTASKS = 2;
    private static final String HELD = "held";

    private final AggregateSpec spec;
    private final Random random;
    private final StateBackend backend;
    private final Map<String, Stage<?>> stages = new LinkedHashMap<>();
    private final Map<String, Deque<Message>> channels = new TreeMap<>();
    private final List<Result> results = new ArrayList<>();
    private final Map<String, OperatorSubtaskState> savedStates = new HashMap<>();
    private final Map<String, Deque<Message>> savedChannels = new TreeMap<>();
    private long now;
    private long checkpoint;

    private record Message(String stage, int input, Object element) {}

    /** An operator, the keys of its input and output, and where its output goes. */
    private final class Stage<OUT> {
        final String name;
        final TypeInformation<OUT> type;
        final ThrowingSupplier<AbstractStreamOperatorTestHarness<OUT>> maker;
        final Function<OUT, String> keyOfOutput;
        final String target;
        final int targetInput;
        final Function<OUT, String> keyAtTarget;
        AbstractStreamOperatorTestHarness<OUT> harness;

        Stage(
                String name,
                TypeInformation<OUT> type,
                ThrowingSupplier<AbstractStreamOperatorTestHarness<OUT>> maker,
                Function<OUT, String> keyOfOutput,
                String target,
                int targetInput,
                Function<OUT, String> keyAtTarget)
                throws Exception {
            this.name = name;
            this.type = type;
            this.maker = maker;
            this.keyOfOutput = keyOfOutput;
            this.target = target;
            this.targetInput = targetInput;
            this.keyAtTarget = keyAtTarget;
            stages.put(name, this);
            open(null);
        }

        void open(OperatorSubtaskState state) throws Exception {
            harness = maker.get();
            harness.getExecutionConfig().disableGenericTypes();
            if (backend != null) {
                harness.setStateBackend(backend);
                harness.setCheckpointStorage(new JobManagerCheckpointStorage());
            }
            harness.setup(type.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
            if (state != null) {
                harness.setRestoredCheckpointId(checkpoint);
                harness.initializeState(state);
            }
            harness.open();
            harness.setProcessingTime(now);
            pass();
        }

        void pass() {
            for (OUT out : harness.extractOutputValues()) {
                if (target == null) {
                    results.add((Result) out);
                } else {
                    send(name, keyOfOutput.apply(out), target, targetInput, keyAtTarget.apply(out), out);
                }
            }
            harness.getOutput().clear();
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        void process(int input, Object element) throws Exception {
            if (harness instanceof KeyedOneInputStreamOperatorTestHarness one) {
                one.processElement(new StreamRecord<>(element));
            } else if (input == 1) {
                ((KeyedTwoInputStreamOperatorTestHarness) harness).processElement1(new StreamRecord<>(element));
            } else {
                ((KeyedTwoInputStreamOperatorTestHarness) harness).processElement2(new StreamRecord<>(element));
            }
            pass();
        }

        void watermark(Watermark watermark) throws Exception {
            if (harness instanceof KeyedOneInputStreamOperatorTestHarness<?, ?, ?> one) {
                one.processWatermark(watermark);
            } else {
                ((KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?>) harness).processBothWatermarks(watermark);
            }
            pass();
        }

        int stateEntries() {
            return harness instanceof KeyedOneInputStreamOperatorTestHarness<?, ?, ?> one
                    ? one.numKeyedStateEntries()
                    : ((KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?>) harness).numKeyedStateEntries();
        }
    }

    private interface ThrowingSupplier<T> {
        T get() throws Exception;
    }

    /** @param backend where the state is; null for the heap */
    ShuffledJoin(AggregateSpec spec, Random random, StateBackend backend) throws Exception {
        this.spec = spec;
        this.random = random;
        this.backend = backend;
        Node sale = Node.rootOf(spec);
        latest(sale, sale.joins().get(0), "contributions");
        new Stage<>(
                "contributions",
                Delta.TYPE,
                () -> new KeyedTwoInputStreamOperatorTestHarness<>(
                        new CoBroadcastWithKeyedOperator<>(
                                new ContributionFunction(spec), List.of(LatestRowFunction.TRUNCATES)),
                        RowChange::key,
                        null,
                        Types.STRING),
                Delta::group,
                "windows",
                1,
                Delta::group);
        new Stage<>(
                "windows",
                Result.TYPE,
                () -> new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new WindowFunction(spec)), Delta::group, Types.STRING),
                Result::group,
                HELD,
                1,
                Result::group);
        new Stage<>(
                HELD,
                Result.TYPE,
                () -> new KeyedOneInputStreamOperatorTestHarness<>(
                        new HoldingOperator(!spec.isExactlyOnce()), Result::group, Types.STRING),
                null,
                null,
                1,
                null);
    }

    /** A row's latest versions, its lookups one after the other, and the dimensions below. */
    private void latest(Node node, Join first, String target) throws Exception {
        String next = node.joins().isEmpty() ? target : node.label() + "-0";
        int input = node.joins().isEmpty() ? 2 : 1;
        Function<RowChange, String> keyAtNext =
                node.joins().isEmpty() ? row -> Join.keyOf(row.key()) : row -> first.keyOf(row);
        new Stage<>(
                node.label() + "-latest",
                RowChange.TYPE,
                () -> new KeyedTwoInputStreamOperatorTestHarness<>(
                        new CoBroadcastWithKeyedOperator<>(
                                new LatestRowsFunction(spec, node), List.of(LatestRowFunction.TRUNCATES)),
                        RowChange::key,
                        null,
                        Types.STRING),
                RowChange::key,
                next,
                input,
                keyAtNext);
        for (int i = 0; i < node.joins().size(); i++) {
            Join join = node.joins().get(i);
            boolean last = i + 1 == node.joins().size();
            String name = node.label() + "-" + i;
            Function<RowChange, String> keyAtTarget = last
                    ? (node.isRoot() ? RowChange::key : row -> Join.keyOf(row.key()))
                    : node.joins().get(i + 1)::keyOf;
            new Stage<>(
                    name,
                    RowChange.TYPE,
                    () -> new KeyedTwoInputStreamOperatorTestHarness<>(
                            new KeyedCoProcessOperator<>(
                                    new LookupFunction(spec, join, !node.isRoot() || spec.isRetroactive())),
                            join::keyOf,
                            row -> Join.keyOf(row.key()),
                            Types.STRING),
                    join::keyOf,
                    last ? target : node.label() + "-" + (i + 1),
                    last && !node.isRoot() ? 2 : 1,
                    keyAtTarget);
            Node child = join.dimension();
            latest(child, child.joins().isEmpty() ? null : child.joins().get(0), name);
        }
    }

    /** A change arrives from the source. */
    void arrives(String table, RowChange change) {
        send("source" + random.nextInt(SUBTASKS), "", table + "-latest", 1, change.key(), change);
    }

    void truncate(String table, String position) throws Exception {
        stages.get(table + "-latest").process(2, position);
        if (table.equals("sale")) {
            stages.get("contributions").process(2, position);
        }
    }

    private void send(String from, String keyThere, String to, int input, String keyHere, Object element) {
        String channel = from + subtask(keyThere) + ">" + to + subtask(keyHere);
        channels.computeIfAbsent(channel, any -> new ArrayDeque<>()).add(new Message(to, input, element));
    }

    private static int subtask(String key) {
        return Math.floorMod(key.hashCode(), SUBTASKS);
    }

    /** Reads a message of one of the channels. */
    boolean step() throws Exception {
        List<Deque<Message>> full =
                channels.values().stream().filter(queue -> !queue.isEmpty()).toList();
        if (full.isEmpty()) {
            return false;
        }
        Message message = full.get(random.nextInt(full.size())).poll();
        stages.get(message.stage()).process(message.input(), message.element());
        return true;
    }

    void drain() throws Exception {
        while (step()) {}
    }

    void processingTime(long time) throws Exception {
        now = time;
        for (Stage<?> stage : stages.values()) {
            stage.harness.setProcessingTime(time);
            stage.pass();
        }
    }

    /** Every operator has read what was sent before the watermark when it comes. */
    void watermark(long time) throws Exception {
        drain();
        Set<String> passed = new HashSet<>();
        while (passed.size() < stages.size()) {
            for (Stage<?> stage : stages.values()) {
                boolean ready = stages.values().stream()
                        .allMatch(other -> !stage.name.equals(other.target) || passed.contains(other.name));
                if (ready && passed.add(stage.name)) {
                    stage.watermark(new Watermark(time));
                    drain();
                }
            }
        }
    }

    void restart() throws Exception {
        checkpoint();
        crash();
    }

    /** Takes a checkpoint, with what is on its way between the operators, and completes it. */
    void checkpoint() throws Exception {
        checkpoint++;
        for (Stage<?> stage : stages.values()) {
            savedStates.put(stage.name, stage.harness.snapshot(checkpoint, now));
        }
        savedChannels.clear();
        channels.forEach((name, messages) -> savedChannels.put(name, new ArrayDeque<>(messages)));
        stages.get(HELD).harness.notifyOfCompletedCheckpoint(checkpoint);
        stages.get(HELD).pass();
    }

    /** Goes back to the last checkpoint; what is in the topic stays there. */
    void crash() throws Exception {
        channels.clear();
        savedChannels.forEach((name, messages) -> channels.put(name, new ArrayDeque<>(messages)));
        for (Stage<?> stage : stages.values()) {
            stage.harness.close();
            stage.open(savedStates.get(stage.name));
        }
    }

    /** What a compacted topic holds in the end; those with zero orders left out. */
    Map<String, String> topic() throws Exception {
        checkpoint();
        Map<String, String> last = new TreeMap<>();
        for (Result result : results) {
            if (JSON.readTree(result.value()).get("orders").asLong() == 0) {
                last.remove(result.key());
            } else {
                last.put(result.key(), result.value());
            }
        }
        return last;
    }

    /** What has come to the topic since the last call. */
    List<String> sent() throws Exception {
        checkpoint();
        List<String> values = results.stream().map(Result::value).toList();
        results.clear();
        return values;
    }

    int stateEntries(String stage) {
        return stages.get(stage).stateEntries();
    }

    int timers() {
        return stages.values().stream()
                .mapToInt(stage -> stage.harness.numEventTimeTimers() + stage.harness.numProcessingTimeTimers())
                .sum();
    }

    int stateEntries() {
        return stages.values().stream().mapToInt(Stage::stateEntries).sum();
    }

    @Override
    public void close() {
        try {
            for (Stage<?> stage : stages.values()) {
                stage.harness.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot close the harnesses", e);
        }
    }
}
