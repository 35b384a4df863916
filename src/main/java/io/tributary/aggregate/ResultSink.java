package io.tributary.aggregate;

import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends results to their topic, keyed by group and window, so that a compacted topic holds the current figures. */
final class ResultSink {
    private ResultSink() {}

    /** @param client connection and credentials of the brokers */
    static KafkaSink<Result> of(AggregateSpec spec, Properties client) {
        Properties producer = new Properties();
        producer.putAll(client);
        KafkaSinkBuilder<Result> builder = KafkaSink.<Result>builder()
                .setBootstrapServers(client.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))
                .setRecordSerializer(new Upsert(spec.output()));
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

    private static final class Upsert implements KafkaRecordSerializationSchema<Result> {
        private static final long serialVersionUID = 1L;

        private final String topic;

        private Upsert(String topic) {
            this.topic = topic;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(Result result, KafkaSinkContext context, Long timestamp) {
            return new ProducerRecord<>(topic, bytes(result.key()), bytes(result.value()));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
