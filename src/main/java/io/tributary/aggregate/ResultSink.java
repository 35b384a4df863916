package io.tributary.aggregate;

import io.tributary.config.RegistryOptions;
import io.tributary.config.StreamArn;
import io.tributary.config.TributaryConfig;
import io.tributary.source.kinesis.PartitionKeys;
import io.tributary.source.kinesis.StreamSinks;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Sends results to their topic or stream, keyed by group and window: a compacted topic holds the current figures, and in a
 * stream the last one of a key is the current one.
 */
final class ResultSink {
    private ResultSink() {}

    /** @param client connection and credentials of the brokers, for a topic */
    static Sink<Result> of(AggregateSpec spec, TributaryConfig config, Properties client) {
        return StreamArn.looksLikeOne(spec.output())
                ? StreamSinks.inOrder(
                        config, StreamArn.parse(spec.output()), new Value(), result -> PartitionKeys.of(result.key()))
                : topic(spec, client, config.group(RegistryOptions.GROUP));
    }

    private static KafkaSink<Result> topic(AggregateSpec spec, Properties client, Configuration registry) {
        Properties producer = new Properties();
        producer.putAll(client);
        KafkaSinkBuilder<Result> builder = KafkaSink.<Result>builder()
                .setBootstrapServers(client.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))
                .setRecordSerializer(spec.isAvro() ? new AvroUpsert(spec, registry) : new JsonUpsert(spec.output()));
        if (spec.isExactlyOnce()) {
            producer.setProperty(
                    ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                    Long.toString(spec.transactionTimeout().toMillis()));
            builder.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix(spec.transactionalIdPrefix());
        } else {
            builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
        }
        return builder.setKafkaProducerConfig(producer).build();
    }

    private static final class Value implements SerializationSchema<Result> {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] serialize(Result result) {
            return result.value().getBytes(StandardCharsets.UTF_8);
        }
    }
}
