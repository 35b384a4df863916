package io.tributary.source.kinesis;

import io.tributary.config.SourceOptions;
import io.tributary.config.StreamArn;
import io.tributary.config.TributaryConfig;
import io.tributary.source.KinesisClientProperties;
import io.tributary.source.RawRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.connectors.kinesis.util.KinesisConfigUtil;

/** The Kinesis source: one or many streams, shards that appear later included. */
public final class KinesisSources {
    public static final String UID = "kinesis-source";
    public static final String NAME = "Kinesis source";

    private KinesisSources() {}

    /** @return the messages of all streams, without watermarks: those belong to the aggregates */
    public static DataStream<RawRecord> stream(StreamExecutionEnvironment env, TributaryConfig config) {
        return env.fromSource(create(config), WatermarkStrategy.noWatermarks(), NAME, RawRecord.TYPE)
                .uid(UID)
                .name(NAME);
    }

    /**
     * Asks Kinesis.
     *
     * @return by a stream's name, the shards whose records have not all expired, closed ones too
     * @throws RuntimeException where Kinesis refuses, or a stream is another than its ARN says
     */
    public static Map<String, Integer> shardCounts(TributaryConfig config) throws InterruptedException {
        List<StreamArn> arns = StreamArn.list(config.group(SourceOptions.GROUP).get(SourceOptions.STREAM_ARNS));
        Map<String, Integer> counts = new LinkedHashMap<>();
        arns.forEach(arn -> counts.put(arn.name(), 0));
        for (Shard shard : new ShardLister(arns, KinesisClientProperties.consumer(config, arns.get(0))).list()) {
            counts.merge(shard.stream(), 1, Integer::sum);
        }
        return counts;
    }

    /**
     * Nothing is asked of Kinesis yet.
     *
     * @throws IllegalArgumentException for a property of the connector with a bad value
     */
    public static KinesisSource create(TributaryConfig config) {
        Configuration source = config.group(SourceOptions.GROUP);
        List<StreamArn> arns = StreamArn.list(source.get(SourceOptions.STREAM_ARNS));
        Properties properties = KinesisClientProperties.consumer(config, arns.get(0));
        KinesisConfigUtil.validateConsumerConfiguration(
                properties, arns.stream().map(StreamArn::name).collect(Collectors.toList()));
        return new KinesisSource(
                arns,
                properties,
                source.get(SourceOptions.START),
                source.get(SourceOptions.DISCOVERY_INTERVAL),
                source.get(SourceOptions.BOUNDED));
    }
}
