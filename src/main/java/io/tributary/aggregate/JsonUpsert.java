package io.tributary.aggregate;

import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Results as JSON, key and value. */
final class JsonUpsert implements KafkaRecordSerializationSchema<Result> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    JsonUpsert(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Result result, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, key(result), result.value().getBytes(StandardCharsets.UTF_8));
    }

    static byte[] key(Result result) {
        return result.key().getBytes(StandardCharsets.UTF_8);
    }
}
