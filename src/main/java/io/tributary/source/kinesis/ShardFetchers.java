package io.tributary.source.kinesis;

import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcherManager;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

/** One fetcher for each shard, so that none waits for another. */
final class ShardFetchers extends SplitFetcherManager<FetchedRecord, ShardSplit> {
    ShardFetchers(Supplier<SplitReader<FetchedRecord, ShardSplit>> readers, Configuration settings) {
        super(readers, settings);
    }

    @Override
    public void addSplits(List<ShardSplit> splits) {
        for (ShardSplit split : splits) {
            SplitFetcher<FetchedRecord, ShardSplit> fetcher = createSplitFetcher();
            fetcher.addSplits(List.of(split));
            startFetcher(fetcher);
        }
    }

    @Override
    public void removeSplits(List<ShardSplit> splits) {
        throw new UnsupportedOperationException("Shards end by themselves");
    }
}
