package io.tributary.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.local.stack.LocalKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class TopicReaderITCase {
    private static final String TOPIC = "figures";

    @Test
    void aTransactionThatIsStillOpenIsNotTakenForTheEnd() throws Exception {
        try (LocalKafka kafka = LocalKafka.started();
                KafkaProducer<String, String> producer = producer(kafka)) {
            kafka.createTopic(TOPIC, 1);
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, "key", "value")).get();

            try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), List.of(TOPIC))) {
                reader.catchUp();
                assertThat(reader.values(TOPIC)).isEmpty();
                assertThatThrownBy(() -> reader.readAll(Duration.ZERO))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(TOPIC + "-0");

                producer.commitTransaction();
                reader.readAll(Duration.ofMinutes(1));
                assertThat(reader.values(TOPIC)).containsExactly(Map.entry("key", "value"));
            }
        }
    }

    private static KafkaProducer<String, String> producer(LocalKafka kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "open"),
                new StringSerializer(),
                new StringSerializer());
    }
}
