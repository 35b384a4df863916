package io.tributary.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.TributaryConfig;
import io.tributary.local.stack.LocalKafka;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KafkaSourcesITCase {
    private static LocalKafka kafka;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() {
        kafka = LocalKafka.started();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        kafka.close();
    }

    @Test
    void aBoundedSourceReadsWhatIsThereAndEnds() throws Exception {
        kafka.createTopic("bounded.a", 2);
        kafka.createTopic("bounded.b", 1);
        ProducerRecord<byte[], byte[]> full =
                new ProducerRecord<>("bounded.a", 1, 1234L, new byte[] {1}, new byte[] {2});
        full.headers().add("h", new byte[] {3}).add("n", null);
        send(full);
        send(new ProducerRecord<>("bounded.b", 0, 5L, null, (byte[]) null));

        List<RawRecord> records = readAll(Map.of("topics", "bounded.a, bounded.b"));
        assertThat(records).hasSize(2);
        RawRecords.assertSame(
                records.get(0),
                RawRecord.ofKafka(
                        "bounded.a",
                        1,
                        0,
                        1234,
                        new byte[] {1},
                        new byte[] {2},
                        new Headers(new String[] {"h", "n"}, new byte[][] {{3}, null})));
        RawRecords.assertSame(records.get(1), RawRecord.ofKafka("bounded.b", 0, 0, 5, null, null, Headers.NONE));
    }

    @Test
    void aTopicThatAppearsLaterIsReadFromItsBeginning() throws Exception {
        kafka.createTopic("found.first", 1);
        kafka.createTopic("other.topic", 1);
        send(at("found.first", 1));
        send(at("other.topic", 1));
        Map<String, String> source =
                Map.of("topic.pattern", "found\\..*", "discovery.interval", "200 ms", "start", "earliest");
        StreamExecutionEnvironment env = environment();
        try (CloseableIterator<RawRecord> records =
                KafkaSources.stream(env, config(source)).executeAndCollect()) {
            assertThat(records.next().topic()).isEqualTo("found.first");
            kafka.createTopic("found.second", 1);
            send(at("found.second", 1));
            assertThat(records.next().coordinates()).isEqualTo("found.second[0]@0");
        }
    }

    @Test
    void aTimestampStartsAtTheFirstMessageFromThen() throws Exception {
        kafka.createTopic("timed", 1);
        send(at("timed", 100));
        send(at("timed", 200));
        assertThat(readAll(Map.of("topics", "timed", "start", "timestamp:150")))
                .extracting(RawRecord::coordinates)
                .containsExactly("timed[0]@1");
    }

    @Test
    void committedGoesOnWhereTheGroupWas() throws Exception {
        kafka.createTopic("committed", 1);
        send(at("committed", 1));
        send(at("committed", 2));
        Map<String, String> source = Map.of("topics", "committed", "start", "committed", "group.id", "g");
        assertThat(readAll(source)).hasSize(2);
        try (Admin admin = kafka.admin()) {
            admin.alterConsumerGroupOffsets("h", Map.of(new TopicPartition("committed", 0), new OffsetAndMetadata(1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        Map<String, String> committed = new HashMap<>(source);
        committed.put("group.id", "h");
        assertThat(readAll(committed)).extracting(RawRecord::offset).containsExactly(1L);
    }

    @Test
    void aTopicThatIsMissingStopsTheJobAndIsNotCreated() throws Exception {
        assertThatThrownBy(() -> readAll(Map.of("topics", "missing.topic"))).hasStackTraceContaining("missing.topic");
        try (Admin admin = kafka.admin()) {
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).doesNotContain("missing.topic");
        }
    }

    private static List<RawRecord> readAll(Map<String, String> source) throws Exception {
        Map<String, String> bounded = new HashMap<>(source);
        bounded.put("bounded", "true");
        List<RawRecord> records = new ArrayList<>();
        try (CloseableIterator<RawRecord> found =
                KafkaSources.stream(environment(), config(bounded)).executeAndCollect()) {
            found.forEachRemaining(records::add);
        }
        records.sort((left, right) -> left.coordinates().compareTo(right.coordinates()));
        return records;
    }

    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.getConfig().disableGenericTypes();
        return env;
    }

    private static TributaryConfig config(Map<String, String> source) {
        Map<String, String> values = new HashMap<>(source);
        values.put("bootstrap.servers", kafka.bootstrapServers());
        return new TributaryConfig(Map.of("Source", Configuration.fromMap(values)));
    }

    private static ProducerRecord<byte[], byte[]> at(String topic, long timestamp) {
        return new ProducerRecord<>(topic, 0, timestamp, new byte[] {1}, new byte[] {2});
    }

    private static void send(ProducerRecord<byte[], byte[]> message) throws Exception {
        producer.send(message).get(30, TimeUnit.SECONDS);
    }
}
