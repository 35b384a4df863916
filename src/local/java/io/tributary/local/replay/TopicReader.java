package io.tributary.local.replay;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows topics of keyed texts and keeps the newest value of each key, as a compacted topic does. */
public final class TopicReader implements AutoCloseable {
    private final KafkaConsumer<String, String> consumer;
    private final List<TopicPartition> partitions;
    private final Map<String, TreeMap<String, String>> newest = new TreeMap<>();

    /** Begins at the topics' first messages; reads only what is committed. */
    public TopicReader(String bootstrapServers, Collection<String> topics) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
        partitions = topics.stream()
                .peek(topic -> newest.put(topic, new TreeMap<>()))
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads up to what is in the topics now. */
    public void catchUp() {
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
                accept(message);
            }
        }
    }

    /** @return the newest values of a topic by key, in the order of keys; keys whose newest value is null are left out */
    public Map<String, String> values(String topic) {
        return newest.get(topic);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void accept(ConsumerRecord<String, String> message) {
        String key = message.key() == null ? "" : message.key();
        if (message.value() == null) {
            newest.get(message.topic()).remove(key);
        } else {
            newest.get(message.topic()).put(key, message.value());
        }
    }
}
