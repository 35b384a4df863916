package io.tributary.source.kinesis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.proxy.GetShardListResult;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxy;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyInterface;

/** Asks Kinesis for the shards of streams. Not thread-safe. */
final class ShardLister {
    private final List<String> streams;
    private final Properties properties;
    private KinesisProxyInterface kinesis;

    ShardLister(List<String> streams, Properties properties) {
        this.streams = streams;
        this.properties = properties;
    }

    /** @return all shards that the streams' retention has not removed, closed ones too */
    List<Shard> list() throws InterruptedException {
        List<Shard> shards = new ArrayList<>();
        handles().forEach(handle -> shards.add(Shard.of(handle)));
        return shards;
    }

    /** @return whether the shard is there and takes no more records */
    boolean isClosed(Shard shard) throws InterruptedException {
        return handles().stream().anyMatch(handle -> Shard.of(handle).id().equals(shard.id()) && handle.isClosed());
    }

    private List<StreamShardHandle> handles() throws InterruptedException {
        if (kinesis == null) {
            kinesis = KinesisProxy.create(properties);
        }
        Map<String, String> fromTheBeginning = new HashMap<>();
        streams.forEach(stream -> fromTheBeginning.put(stream, null));
        GetShardListResult listed = kinesis.getShardList(fromTheBeginning);
        List<StreamShardHandle> handles = new ArrayList<>();
        for (String stream : listed.getStreamsWithRetrievedShards()) {
            handles.addAll(listed.getRetrievedShardListOfStream(stream));
        }
        return handles;
    }
}
