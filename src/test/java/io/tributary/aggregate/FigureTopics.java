package io.tributary.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.recording.Recording;
import io.tributary.local.stack.LocalKafka;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topics of recorded aggregates, made here, and all that a read-committed consumer has seen in them. */
public final class FigureTopics implements AutoCloseable {
    private static final int PARTITIONS = 2;

    private final Map<String, Map<String, List<String>>> history = new TreeMap<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final BiFunction<String, byte[], String> json;

    /** Of figures that are sent as JSON. */
    public FigureTopics(LocalKafka kafka, Collection<RecordedAggregates> aggregates) {
        this(kafka, aggregates, (topic, value) -> new String(value, StandardCharsets.UTF_8));
    }

    /** @param json makes JSON of a topic's value */
    public FigureTopics(
            LocalKafka kafka, Collection<RecordedAggregates> aggregates, BiFunction<String, byte[], String> json) {
        this.json = json;
        List<TopicPartition> partitions = new ArrayList<>();
        for (RecordedAggregates aggregate : aggregates) {
            kafka.createTopic(aggregate.topic(), PARTITIONS);
            history.put(aggregate.topic(), new TreeMap<>());
            for (int partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition(aggregate.topic(), partition));
            }
        }
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on. */
    public void poll() {
        for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(100))) {
            history.get(message.topic())
                    .computeIfAbsent(message.key(), key -> new ArrayList<>())
                    .add(json.apply(message.topic(), message.value()));
        }
    }

    /**
     * How figures in a topic compare with those of SQL.
     *
     * @param compared keys that either has
     * @param differences those of them whose sales, orders or quantity differ, or that the other lacks
     */
    public record Comparison(int compared, int differences) {}

    /** Compares the newest figures with those of SQL over what the database held in the end. */
    public Comparison compare(RecordedAggregates aggregate, Recording recording) throws SQLException {
        Map<String, TruthFigures.Sum> newest = newest(aggregate);
        try (TruthSql sql = new TruthSql(recording)) {
            Map<String, TruthFigures.Sum> expected = sql.figures(aggregate.select());
            Set<String> keys = new TreeSet<>(newest.keySet());
            keys.addAll(expected.keySet());
            int differences = (int) keys.stream()
                    .filter(key -> !Objects.equals(newest.get(key), expected.get(key)))
                    .count();
            return new Comparison(keys.size(), differences);
        }
    }

    /** Fails unless the newest figures are those of SQL over what the database held in the end. */
    public void assertAreTruth(RecordedAggregates aggregate, Recording recording) {
        assertThat(newest(aggregate)).as("%s", aggregate).isEqualTo(aggregate.truth(recording));
    }

    private Map<String, TruthFigures.Sum> newest(RecordedAggregates aggregate) {
        Map<String, TruthFigures.Sum> newest = new TreeMap<>();
        history.get(aggregate.topic()).forEach((key, values) -> {
            TruthFigures.Sum sum = TruthFigures.Sum.parse(values.get(values.size() - 1));
            if (sum.orders() != 0) {
                newest.put(key, sum);
            }
        });
        return newest;
    }

    /** Fails where a key has the same value twice in succession. */
    public void assertNothingWasSentTwice(RecordedAggregates aggregate) {
        history.get(aggregate.topic()).forEach((key, values) -> {
            for (int i = 1; i < values.size(); i++) {
                assertThat(values.get(i)).as("sent twice: %s", key).isNotEqualTo(values.get(i - 1));
            }
        });
    }

    /** @return how many messages have been seen */
    public int seen() {
        return history.values().stream()
                .flatMap(topic -> topic.values().stream())
                .mapToInt(List::size)
                .sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
