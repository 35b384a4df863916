package io.tributary.source;

import io.tributary.config.NameList;
import io.tributary.config.SourceOptions;
import io.tributary.config.StartPosition;
import io.tributary.config.TributaryConfig;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The Kafka source: topics by list or by pattern, partitions and topics that appear later included. */
public final class KafkaSources {
    public static final String UID = "source";
    public static final String NAME = "Kafka source";

    private static final String CLIENT_ID_PREFIX = "tributary-source";

    private KafkaSources() {}

    /** @return the messages of all topics, without watermarks: those belong to the aggregates */
    public static DataStream<RawRecord> stream(StreamExecutionEnvironment env, TributaryConfig config) {
        return env.fromSource(create(config), WatermarkStrategy.noWatermarks(), NAME, RawRecord.TYPE)
                .uid(UID)
                .name(NAME);
    }

    /**
     * Offsets are committed to the consumer group at each checkpoint. In bounded mode the source ends at the offsets
     * that were the ends when the job started.
     */
    public static KafkaSource<RawRecord> create(TributaryConfig config) {
        Configuration source = config.group(SourceOptions.GROUP);
        KafkaSourceBuilder<RawRecord> builder = KafkaSource.<RawRecord>builder()
                .setProperties(KafkaClientProperties.consumer(config))
                .setClientIdPrefix(CLIENT_ID_PREFIX)
                .setGroupId(source.get(SourceOptions.GROUP_ID))
                .setProperty(
                        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                        Long.toString(
                                source.get(SourceOptions.DISCOVERY_INTERVAL).toMillis()))
                .setStartingOffsets(StartOffsets.of(StartPosition.parse(source.get(SourceOptions.START))))
                .setDeserializer(new RawRecordDeserializer());
        if (source.contains(SourceOptions.TOPIC_PATTERN)) {
            builder.setTopicPattern(Pattern.compile(source.get(SourceOptions.TOPIC_PATTERN)));
        } else {
            builder.setTopics(NameList.split(source.get(SourceOptions.TOPICS)));
        }
        if (source.get(SourceOptions.BOUNDED)) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }
}
