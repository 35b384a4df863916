package io.tributary.source.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.GetRecordsResult;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Record;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.proxy.GetShardListResult;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyInterface;

/** A client that polls, with each {@link DamagedAggregate} hidden. */
final class PolledRecords implements KinesisProxyInterface {
    private final KinesisProxyInterface client;

    PolledRecords(KinesisProxyInterface client) {
        this.client = client;
    }

    @Override
    public GetRecordsResult getRecords(String shardIterator, int maxRecordsToGet) throws InterruptedException {
        GetRecordsResult result = client.getRecords(shardIterator, maxRecordsToGet);
        List<Record> records = result.getRecords();
        if (records == null || records.stream().noneMatch(PolledRecords::isDamaged)) {
            return result;
        }
        List<Record> shown = new ArrayList<>();
        for (Record record : records) {
            shown.add(
                    isDamaged(record)
                            ? record.clone()
                                    .withPartitionKey(DamagedAggregate.hide(record.getPartitionKey()))
                                    .withData(DamagedAggregate.hide(record.getData()))
                            : record);
        }
        return result.clone().withRecords(shown);
    }

    private static boolean isDamaged(Record record) {
        return record.getData() != null && DamagedAggregate.is(record.getData());
    }

    @Override
    public String getShardIterator(StreamShardHandle shard, String shardIteratorType, Object startingMarker)
            throws InterruptedException {
        return client.getShardIterator(shard, shardIteratorType, startingMarker);
    }

    @Override
    public GetShardListResult getShardList(Map<String, String> streamNamesWithLastSeenShardIds)
            throws InterruptedException {
        return client.getShardList(streamNamesWithLastSeenShardIds);
    }
}
