package io.tributary.source.kinesis;

import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SourceReaderBase;

/**
 * Reads the shards that the enumerator gives it. That a shard is finished has to be in a checkpoint as long as the
 * enumerator's own part of one may lack it: an event that is sent between the two parts would be lost with a failure, and
 * the shard's children would wait for ever.
 */
final class KinesisReader extends SourceReaderBase<FetchedRecord, RawRecord, ShardSplit, KinesisReader.Reading> {
    private final RecordPublishers publishers;
    private final Map<String, Finished> finished = new HashMap<>();

    /** A shard that is being read. */
    static final class Reading {
        private final Shard shard;
        private ShardPosition position;

        private Reading(ShardSplit split) {
            this.shard = split.shard();
            this.position = split.position();
        }
    }

    private static final class Finished {
        private final ShardSplit split;
        private long firstCheckpoint = Long.MAX_VALUE;

        private Finished(Shard shard) {
            this.split = new ShardSplit(shard, ShardPosition.END);
        }
    }

    KinesisReader(SourceReaderContext context, RecordPublishers publishers, boolean bounded, Lag lag) {
        super(
                new ShardFetchers(() -> new ShardSplitReader(publishers, bounded, lag), context.getConfiguration()),
                (fetched, output, reading) -> {
                    output.collect(fetched.record(), fetched.record().timestamp());
                    reading.position = fetched.position();
                },
                context.getConfiguration(),
                context);
        this.publishers = publishers;
    }

    @Override
    public void addSplits(List<ShardSplit> splits) {
        List<ShardSplit> open = new ArrayList<>();
        for (ShardSplit split : splits) {
            if (split.position().isEnd()) {
                finish(split.shard());
            } else {
                open.add(split);
            }
        }
        super.addSplits(open);
    }

    @Override
    protected void onSplitFinished(Map<String, Reading> splits) {
        splits.values().forEach(reading -> finish(reading.shard));
    }

    private void finish(Shard shard) {
        finished.put(shard.id(), new Finished(shard));
        context.sendSourceEventToCoordinator(new ShardFinished(shard.id()));
    }

    @Override
    public List<ShardSplit> snapshotState(long checkpointId) {
        List<ShardSplit> splits = super.snapshotState(checkpointId);
        for (Finished shard : finished.values()) {
            shard.firstCheckpoint = Math.min(shard.firstCheckpoint, checkpointId);
            splits.add(shard.split);
        }
        return splits;
    }

    /** The enumerator's part of a checkpoint that began after one with the finished shard has it too. */
    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        finished.values().removeIf(shard -> shard.firstCheckpoint < checkpointId);
    }

    @Override
    protected Reading initializedState(ShardSplit split) {
        return new Reading(split);
    }

    @Override
    protected ShardSplit toSplitType(String splitId, Reading reading) {
        return new ShardSplit(reading.shard, reading.position);
    }

    @Override
    public void close() throws Exception {
        try {
            super.close();
        } finally {
            publishers.close();
        }
    }
}
