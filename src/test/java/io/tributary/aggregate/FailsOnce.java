package io.tributary.aggregate;

import io.tributary.source.RawRecord;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Lets records pass slowly until two checkpoints are complete and some more records have passed, then fails, once. */
final class FailsOnce extends RichMapFunction<RawRecord, RawRecord> implements CheckpointListener {
    private static final long serialVersionUID = 1L;
    private static final int CHECKPOINTS = 2;
    private static final int MORE_RECORDS = 100;
    private static final int DONE = -1;
    /** Complete checkpoints by id of the run, {@link #DONE} after the failure. */
    private static final Map<String, AtomicInteger> PROGRESS = new ConcurrentHashMap<>();

    private final String id;
    private int more;

    private FailsOnce(String id) {
        this.id = id;
    }

    static DataStream<RawRecord> in(DataStream<RawRecord> records) {
        String id = UUID.randomUUID().toString();
        PROGRESS.put(id, new AtomicInteger());
        return records.map(new FailsOnce(id)).returns(RawRecord.TYPE).uid("fails-once");
    }

    @Override
    public RawRecord map(RawRecord record) throws Exception {
        AtomicInteger progress = PROGRESS.get(id);
        if (progress.get() != DONE) {
            Thread.sleep(1);
            if (progress.get() >= CHECKPOINTS && ++more > MORE_RECORDS) {
                progress.set(DONE);
                throw new IllegalStateException("injected failure");
            }
        }
        return record;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        PROGRESS.get(id).updateAndGet(count -> count == DONE ? DONE : count + 1);
    }
}
