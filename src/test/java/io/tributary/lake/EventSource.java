package io.tributary.lake;

import io.tributary.debezium.ChangeEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.RichParallelSourceFunction;

/**
 * Given events as a topic with four partitions, by key, would bring them: in order within a partition, replayable from
 * each checkpoint. Every chunk of a partition waits for a checkpoint, so that a run has several.
 */
@SuppressWarnings("deprecation") // the newer sources have no hook between a record and the next checkpoint
public final class EventSource extends RichParallelSourceFunction<ChangeEvent>
        implements CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1L;
    private static final int PARTITIONS = 4;
    private static final Map<String, Script> SCRIPTS = new ConcurrentHashMap<>();

    /** What a test wants to happen, in the test's own process. */
    public static final class Script {
        private final List<ChangeEvent> events;
        private final int chunks;
        private final Map<Integer, Runnable> beforeChunks = new HashMap<>();
        private final AtomicInteger failuresLeft = new AtomicInteger();
        private int failInChunk = -1;
        private boolean failAfterCheckpoint;

        public Script(List<ChangeEvent> events, int chunks) {
            this.events = List.copyOf(events);
            this.chunks = chunks;
        }

        /** Fails once in the middle of that chunk of the first partition. */
        Script failInChunk(int chunk) {
            failInChunk = chunk;
            failuresLeft.set(1);
            return this;
        }

        /** Fails once when the checkpoint after that chunk is complete: its commit has hardly begun. */
        Script failAfterCheckpointOfChunk(int chunk) {
            failAfterCheckpoint = true;
            return failInChunk(chunk);
        }

        /** Runs something before that chunk of the first partition; the other partitions do not wait for it. */
        Script beforeChunk(int chunk, Runnable action) {
            beforeChunks.put(chunk, action);
            return this;
        }

        boolean failed() {
            return failuresLeft.get() == 0;
        }

        public DataStream<ChangeEvent> attach(StreamExecutionEnvironment env) {
            String id = UUID.randomUUID().toString();
            SCRIPTS.put(id, this);
            return env.addSource(new EventSource(id), ChangeEvent.TYPE)
                    .uid("events")
                    .name("events");
        }

        private void fail(int chunk) {
            if (chunk == failInChunk && failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("injected failure");
            }
        }
    }

    private final String id;
    private transient ListState<long[]> offsets;
    private transient Map<Integer, Integer> next;
    private transient long completed;
    private transient int chunk;
    private transient Object lock;
    private transient volatile boolean running;

    private EventSource(String id) {
        this.id = id;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        offsets = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("offsets", LongPrimitiveArraySerializer.INSTANCE));
        next = new HashMap<>();
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        for (int partition = subtask; partition < PARTITIONS && !context.isRestored(); partition += subtasks) {
            next.put(partition, 0);
        }
        for (long[] offset : offsets.get()) {
            next.put((int) offset[0], (int) offset[1]);
        }
        running = true;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        List<long[]> state = new ArrayList<>();
        next.forEach((partition, offset) -> state.add(new long[] {partition, offset}));
        offsets.update(state);
    }

    @Override
    public void run(SourceContext<ChangeEvent> context) throws Exception {
        Script script = SCRIPTS.get(id);
        lock = context.getCheckpointLock();
        Map<Integer, List<ChangeEvent>> partitions = new HashMap<>();
        next.keySet().forEach(partition -> partitions.put(partition, new ArrayList<>()));
        for (ChangeEvent event : script.events) {
            int hash = (event.table().fullName() + event.key()).hashCode();
            partitions.computeIfPresent(Math.floorMod(hash, PARTITIONS), (partition, events) -> {
                events.add(event);
                return events;
            });
        }
        while (running && hasMore(partitions)) {
            if (next.containsKey(0)) {
                chunk = next.get(0)
                        * script.chunks
                        / Math.max(1, partitions.get(0).size());
                Runnable action = script.beforeChunks.remove(chunk);
                if (action != null) {
                    action.run();
                }
            }
            synchronized (lock) {
                for (Map.Entry<Integer, List<ChangeEvent>> partition : partitions.entrySet()) {
                    emit(partition.getKey(), partition.getValue(), script, context);
                }
                long before = completed;
                while (running && completed == before && hasMore(partitions)) {
                    lock.wait(100);
                }
            }
        }
    }

    private void emit(int partition, List<ChangeEvent> events, Script script, SourceContext<ChangeEvent> context) {
        int from = next.get(partition);
        int to = Math.min(events.size(), from + events.size() / script.chunks + 1);
        for (int i = from; i < to; i++) {
            if (partition == 0 && i == (from + to) / 2 && !script.failAfterCheckpoint) {
                script.fail(chunk);
            }
            context.collect(events.get(i));
        }
        next.put(partition, to);
    }

    private boolean hasMore(Map<Integer, List<ChangeEvent>> partitions) {
        return partitions.entrySet().stream()
                .anyMatch(partition ->
                        next.get(partition.getKey()) < partition.getValue().size());
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        Script script = SCRIPTS.get(id);
        if (script.failAfterCheckpoint && next.containsKey(0)) {
            script.fail(chunk);
        }
        completed++;
        if (lock != null) {
            synchronized (lock) {
                lock.notifyAll();
            }
        }
    }

    @Override
    public void cancel() {
        running = false;
    }
}
