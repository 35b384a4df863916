package io.tributary.source.kinesis;

import java.io.IOException;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/** Reads one shard; the fetcher manager makes one such reader for each. */
final class ShardSplitReader implements SplitReader<FetchedRecord, ShardSplit> {
    /** How long the end of the job may have to wait. */
    private static final long POLL_MS = 500;

    private final RecordPublishers publishers;
    private final boolean bounded;
    private final Lag lag;
    private ShardThread thread;

    ShardSplitReader(RecordPublishers publishers, boolean bounded, Lag lag) {
        this.publishers = publishers;
        this.bounded = bounded;
        this.lag = lag;
    }

    @Override
    public void handleSplitsChanges(SplitsChange<ShardSplit> change) {
        ShardSplit split = change.splits().get(0);
        if (thread != null || change.splits().size() > 1) {
            throw new IllegalStateException("This reader reads one shard, and was given more: " + change.splits());
        }
        thread = new ShardThread(split, publishers, bounded, millis -> lag.set(split.splitId(), millis));
    }

    @Override
    public RecordsWithSplitIds<FetchedRecord> fetch() throws IOException {
        try {
            ShardBatch batch = thread.poll(POLL_MS);
            batch.finishedSplits().forEach(lag::remove);
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while reading a shard", e);
        }
    }

    /** {@link #fetch()} returns soon by itself. */
    @Override
    public void wakeUp() {}

    @Override
    public void close() {
        if (thread != null) {
            thread.close();
        }
    }
}
