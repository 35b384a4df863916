package io.tributary.source.kinesis;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

/** Messages of one shard, which may be the last ones. */
final class ShardBatch implements RecordsWithSplitIds<FetchedRecord> {
    private final Iterator<FetchedRecord> records;
    private final Set<String> finished;
    private String splitId;

    private ShardBatch(String splitId, Iterator<FetchedRecord> records, Set<String> finished) {
        this.splitId = splitId;
        this.records = records;
        this.finished = finished;
    }

    /** Nothing for now. */
    static ShardBatch none() {
        return new ShardBatch(null, null, Set.of());
    }

    static ShardBatch of(String splitId, List<FetchedRecord> records) {
        return new ShardBatch(splitId, records.iterator(), Set.of());
    }

    static ShardBatch end(String splitId) {
        return new ShardBatch(null, null, Set.of(splitId));
    }

    @Override
    public String nextSplit() {
        String next = splitId;
        splitId = null;
        return next;
    }

    @Override
    public FetchedRecord nextRecordFromSplit() {
        return records.hasNext() ? records.next() : null;
    }

    @Override
    public Set<String> finishedSplits() {
        return finished;
    }
}
