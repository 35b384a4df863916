package io.tributary.deadletter;

import io.tributary.source.RawRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A dead letter as a Kafka message: key, value and headers exactly as they came, plus {@link DeadLetterHeaders}. Its
 * timestamp is the time of sending, so that the topic's retention counts from then.
 */
final class DeadLetterMessage implements KafkaRecordSerializationSchema<DeadLetter> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    DeadLetterMessage(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(DeadLetter letter, KafkaSinkContext context, Long timestamp) {
        RawRecord record = letter.record();
        return new ProducerRecord<>(topic, null, null, record.key(), record.value(), DeadLetterHeaders.of(letter));
    }
}
