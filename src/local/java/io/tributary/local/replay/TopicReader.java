package io.tributary.local.replay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows topics whose keys are texts, and keeps the newest value of each key, as a compacted topic does. */
public final class TopicReader implements AutoCloseable {
    private final String bootstrapServers;
    private final BiFunction<String, byte[], String> text;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<String, TreeMap<String, String>> newest = new TreeMap<>();

    /** Begins at the topics' first messages; reads only what is committed. */
    public TopicReader(String bootstrapServers, Collection<String> topics) {
        this(bootstrapServers, topics, (topic, value) -> new String(value, StandardCharsets.UTF_8));
    }

    /** @param text makes a text of a topic's value */
    public TopicReader(String bootstrapServers, Collection<String> topics, BiFunction<String, byte[], String> text) {
        this.bootstrapServers = bootstrapServers;
        this.text = text;
        consumer = consumer(bootstrapServers, "read_committed");
        partitions = topics.stream()
                .peek(topic -> newest.put(topic, new TreeMap<>()))
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads up to what is committed in the topics now. */
    public void catchUp() {
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        while (isBehind(ends)) {
            poll();
        }
    }

    /**
     * Reads all that was written, of a job that has ended: its last commits return before the broker has ended their
     * transactions in every partition.
     *
     * @param patience how long transactions may stay open
     * @throws IllegalStateException naming what was not read when a transaction stays open
     */
    public void readAll(Duration patience) {
        Map<TopicPartition, Long> ends;
        try (KafkaConsumer<String, byte[]> written = consumer(bootstrapServers, "read_uncommitted")) {
            ends = new HashMap<>(written.endOffsets(partitions));
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (isBehind(ends)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "a transaction in one of " + ends + " (partition and end) has been open for " + patience
                                + "; the job that wrote it has ended without committing or aborting it");
            }
            poll();
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

    private boolean isBehind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private void poll() {
        for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
            accept(message);
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(String bootstrapServers, String isolation) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        isolation),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private void accept(ConsumerRecord<String, byte[]> message) {
        String key = message.key() == null ? "" : message.key();
        if (message.value() == null) {
            newest.get(message.topic()).remove(key);
        } else {
            newest.get(message.topic()).put(key, text.apply(message.topic(), message.value()));
        }
    }
}
