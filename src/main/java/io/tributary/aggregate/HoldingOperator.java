package io.tributary.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Holds results back until a complete checkpoint knows them, so that a failure never undoes what was sent. Without it, a
 * group that was met after the last checkpoint (topics race: a row whose dimension row was late, or truncated first) may
 * not be met again after a restart, and its figures would stay in the topic for good. Keyed by group.
 *
 * <p>Where the sink is transactional nothing is held, since what a failure undoes is not committed; what another delivery
 * left in a savepoint is still sent. An operator rather than a function, because only operators can send when a checkpoint
 * is complete.
 */
final class HoldingOperator extends AbstractStreamOperator<Result> implements OneInputStreamOperator<Result, Result> {
    private static final long serialVersionUID = 1L;
    private static final long ALL = Long.MAX_VALUE;

    private final boolean holds;
    private transient MapState<Long, HeldResult> held;
    private transient long barrier;

    /** @param holds whether results wait at all */
    HoldingOperator(boolean holds) {
        this.holds = holds;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        barrier = context.getRestoredCheckpointId().orElse(0);
    }

    @Override
    public void open() throws Exception {
        super.open();
        held = getRuntimeContext().getMapState(descriptor());
        send(ALL);
    }

    @Override
    public void processElement(StreamRecord<Result> element) throws Exception {
        Result result = element.getValue();
        if (holds) {
            held.put(result.start(), HeldResult.with(held.get(result.start()), result, barrier));
        } else {
            output.collect(element);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        barrier = context.getCheckpointId();
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        super.notifyCheckpointComplete(checkpoint);
        send(checkpoint);
    }

    /** The input has ended: the figures are those of all of it, whatever is read again. */
    @Override
    public void finish() throws Exception {
        send(ALL);
        super.finish();
    }

    /** Sends the results that the checkpoint knows. */
    private void send(long checkpoint) throws Exception {
        getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        descriptor(),
                        (key, state) -> send(checkpoint, state));
    }

    private void send(long checkpoint, MapState<Long, HeldResult> state) throws Exception {
        List<Map.Entry<Long, HeldResult>> entries = new ArrayList<>();
        state.entries().forEach(entries::add);
        for (Map.Entry<Long, HeldResult> entry : entries) {
            Result known = entry.getValue().knownTo(checkpoint);
            if (known != null) {
                output.collect(new StreamRecord<>(known));
                HeldResult left = entry.getValue().without(checkpoint);
                if (left == null) {
                    state.remove(entry.getKey());
                } else {
                    state.put(entry.getKey(), left);
                }
            }
        }
    }

    private static MapStateDescriptor<Long, HeldResult> descriptor() {
        return new MapStateDescriptor<>("held", Types.LONG, HeldResult.TYPE);
    }
}
