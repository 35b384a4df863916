package io.tributary.source.kinesis;

import io.tributary.config.StreamArn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.AmazonKinesis;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.DescribeStreamSummaryRequest;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.proxy.GetShardListResult;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxy;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyInterface;
import org.apache.flink.streaming.connectors.kinesis.util.AWSUtil;

/** Asks Kinesis for the shards of streams. Not thread-safe. */
final class ShardLister {
    private final List<StreamArn> streams;
    private final Properties properties;
    private KinesisProxyInterface kinesis;

    ShardLister(List<StreamArn> streams, Properties properties) {
        this.streams = streams;
        this.properties = properties;
    }

    /**
     * @return all shards that the streams' retention has not removed, closed ones too
     * @throws IllegalStateException at the first call, where a stream is another than its ARN says
     */
    List<Shard> list() throws InterruptedException {
        if (kinesis == null) {
            checkArns();
            kinesis = KinesisProxy.create(properties);
        }
        List<Shard> shards = new ArrayList<>();
        for (StreamArn stream : streams) {
            listed(kinesis, stream.name()).forEach(handle -> shards.add(Shard.of(handle)));
        }
        return shards;
    }

    /** @return whether the shard is there and takes no more records */
    static boolean isClosed(Shard shard, Properties properties) throws InterruptedException {
        return listed(KinesisProxy.create(properties), shard.stream()).stream()
                .anyMatch(handle -> handle.getShard().getShardId().equals(shard.shardId()) && handle.isClosed());
    }

    private static List<StreamShardHandle> listed(KinesisProxyInterface kinesis, String stream)
            throws InterruptedException {
        Map<String, String> fromTheBeginning = new HashMap<>();
        fromTheBeginning.put(stream, null);
        GetShardListResult listed = kinesis.getShardList(fromTheBeginning);
        return listed.hasRetrievedShards() ? listed.getRetrievedShardListOfStream(stream) : List.of();
    }

    /** The connector knows streams by their names, which the credentials' own account may have too. */
    private void checkArns() {
        AmazonKinesis client = AWSUtil.createKinesisClient(properties);
        try {
            for (StreamArn stream : streams) {
                String found = client.describeStreamSummary(
                                new DescribeStreamSummaryRequest().withStreamName(stream.name()))
                        .getStreamDescriptionSummary()
                        .getStreamARN();
                if (!found.equals(stream.toString())) {
                    throw new IllegalStateException(
                            "Source.stream.arns names " + stream + ", but the job's credentials lead"
                                    + " to " + found + ". Give that, or credentials of account " + stream.account()
                                    + " (Source.kinesis.aws.credentials.provider=ASSUME_ROLE)");
                }
            }
        } finally {
            client.shutdown();
        }
    }
}
