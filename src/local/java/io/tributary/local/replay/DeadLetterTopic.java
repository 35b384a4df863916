package io.tributary.local.replay;

import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.DeadLetterHeaders;
import io.tributary.local.cli.CommandException;
import io.tributary.source.Headers;
import io.tributary.source.KafkaClientProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the dead letters of a topic, from its beginning to its end of now. */
final class DeadLetterTopic {
    private DeadLetterTopic() {}

    /** @throws CommandException where the topic is not there, cannot be read, or holds something else */
    static List<DeadLetter> read(String topic, TributaryConfig config) {
        Properties properties = KafkaClientProperties.consumer(config);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new CommandException("There is no topic " + topic
                        + " of dead letters; for a directory of that name write ./" + topic);
            }
            List<TopicPartition> partitions = found.stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<DeadLetter> letters = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    letters.add(letter(message));
                }
            }
            return letters;
        } catch (KafkaException e) {
            throw new CommandException("The dead letters in topic " + topic + " cannot be read", e);
        }
    }

    private static DeadLetter letter(ConsumerRecord<byte[], byte[]> message) {
        Header[] headers = message.headers().toArray();
        String[] names = new String[headers.length];
        byte[][] values = new byte[headers.length][];
        for (int i = 0; i < headers.length; i++) {
            names[i] = headers[i].key();
            values[i] = headers[i].value();
        }
        try {
            return DeadLetterHeaders.read(message.key(), message.value(), new Headers(names, values));
        } catch (IOException e) {
            throw new CommandException(
                    message.topic() + "[" + message.partition() + "]@" + message.offset() + ": " + e.getMessage(), e);
        }
    }
}
