package io.tributary.deadletter;

import io.tributary.config.DeadLetterOptions;
import io.tributary.config.LakeOptions;
import io.tributary.config.StreamArn;
import io.tributary.config.TributaryConfig;
import io.tributary.source.KafkaClientProperties;
import io.tributary.source.kinesis.PartitionKeys;
import io.tributary.source.kinesis.StreamSinks;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Where dead letters go, by the group {@code DeadLetter}; at least once in every case. */
public final class DeadLetterSinks {
    public static final String UID = "dead-letters";
    public static final String NAME = "Dead letters";

    private static final String DEFAULT_DIRECTORY = "_dead_letters";

    private DeadLetterSinks() {}

    /** Adds the sink to the job. */
    public static void attach(DataStream<DeadLetter> letters, TributaryConfig config) {
        letters.sinkTo(create(config)).uid(UID).name(NAME);
    }

    public static Sink<DeadLetter> create(TributaryConfig config) {
        Configuration group = config.group(DeadLetterOptions.GROUP);
        switch (group.get(DeadLetterOptions.TYPE)) {
            case TOPIC:
                return topic(group.get(DeadLetterOptions.TOPIC), config);
            case STREAM:
                return stream(StreamArn.parse(group.get(DeadLetterOptions.STREAM_ARN)), config);
            default:
                return new DirectorySink(
                        directory(config),
                        TributaryConfig.passedThrough(config.group(LakeOptions.GROUP), LakeOptions.HADOOP_PREFIX));
        }
    }

    /** @return the directory for type {@code directory}, as configured or by default below the lake */
    public static String directory(TributaryConfig config) {
        String path = config.group(DeadLetterOptions.GROUP).get(DeadLetterOptions.PATH);
        String lake = config.group(LakeOptions.GROUP).get(LakeOptions.PATH);
        return path != null ? path : lake.replaceAll("/+$", "") + "/" + DEFAULT_DIRECTORY;
    }

    private static Sink<DeadLetter> stream(StreamArn stream, TributaryConfig config) {
        return StreamSinks.inAnyOrder(
                config,
                stream,
                new DeadLetterRecord(StreamSinks.MAX_RECORD_BYTES),
                letter -> PartitionKeys.of(letter.record().coordinates()));
    }

    private static Sink<DeadLetter> topic(String topic, TributaryConfig config) {
        return KafkaSink.<DeadLetter>builder()
                .setKafkaProducerConfig(KafkaClientProperties.producer(config, DeadLetterOptions.GROUP))
                .setRecordSerializer(new DeadLetterMessage(topic))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }
}
