package io.tributary.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.DeadLetter;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.DecodeFunction;
import io.tributary.debezium.DecodeLimits;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.local.stack.LocalKafka;
import io.tributary.source.KafkaSources;
import io.tributary.source.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings through Kafka and a Flink cluster: the figures in the topics are those of SQL over what the database held. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AggregatesITCase {
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final AtomicInteger DEAD_LETTERS = new AtomicInteger();

    private final Map<String, LocalKafka> brokers = new HashMap<>();

    @BeforeAll
    void loadRecordings() {
        for (String name : List.of("raw-headers-default", "unwrap-headers-default")) {
            LocalKafka kafka = LocalKafka.started();
            brokers.put(name, kafka);
            new RecordingLoader(Recording.bundled(name), kafka).loadAll();
        }
    }

    @AfterAll
    void stop() {
        brokers.values().forEach(LocalKafka::close);
    }

    @ParameterizedTest(name = "{0}, parallelism {1}, failure {2}, {3}")
    @CsvSource({
        "raw-headers-default,    1, false, at-least-once",
        "raw-headers-default,    1, true,  exactly-once",
        "raw-headers-default,    2, false, exactly-once",
        "raw-headers-default,    2, true,  at-least-once",
        "raw-headers-default,    4, false, at-least-once",
        "raw-headers-default,    4, true,  exactly-once",
        "unwrap-headers-default, 1, false, exactly-once",
        "unwrap-headers-default, 1, true,  exactly-once",
        "unwrap-headers-default, 2, false, at-least-once",
        "unwrap-headers-default, 2, true,  exactly-once",
        "unwrap-headers-default, 4, false, exactly-once",
        "unwrap-headers-default, 4, true,  at-least-once"
    })
    void theFiguresAreThoseOfTheDatabase(String name, int parallelism, boolean failure, String delivery)
            throws Exception {
        Recording recording = Recording.bundled(name);
        LocalKafka kafka = brokers.get(name);
        String run = "run" + RUNS.incrementAndGet() + "-";
        for (String topic : List.of("event", "category", "venue", "day")) {
            kafka.createTopic(run + topic, 2);
        }
        Map<String, Configuration> groups = groups(kafka, run, delivery);
        DEAD_LETTERS.set(0);
        run(recording, new TributaryConfig(groups), kafka, parallelism, failure);

        TruthFigures truth = new TruthFigures(recording);
        assertTopic(kafka, run + "event", delivery, truth.byEvent());
        assertTopic(kafka, run + "category", delivery, truth.byCategory());
        assertTopic(kafka, run + "venue", delivery, truth.byVenue());
        assertTopic(kafka, run + "day", delivery, truth.byCityAndDay());
        assertThat(DEAD_LETTERS).as("versions of sales without a time").hasPositiveValue();
    }

    private static Map<String, Configuration> groups(LocalKafka kafka, String run, String delivery) {
        Map<String, Configuration> groups = new HashMap<>();
        groups.put(
                "Source",
                Configuration.fromMap(Map.of(
                        "type", "kafka",
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "topic.pattern", "tickit\\.(ecomm|ems)\\..*",
                        "group.id", run,
                        "bounded", "true")));
        Map<String, String> event = new HashMap<>(Map.of(
                "table", "tickit.ecomm.sale",
                "amount", "pricepaid",
                "quantity", "qtysold",
                "window", "total",
                "emit.interval", "100 ms",
                "idle.timeout", "300 ms",
                "delivery", delivery,
                "group.by", "eventid",
                "output", run + "event"));
        groups.put("Aggregate.event", Configuration.fromMap(event));
        Map<String, String> category = new HashMap<>(event);
        category.put("group.by", "category.catname");
        category.put("dimension.event", "tickit.ems.event on eventid");
        category.put("dimension.category", "tickit.ems.category on event.catid");
        category.put("output", run + "category");
        groups.put("Aggregate.category", Configuration.fromMap(category));
        Map<String, String> venue = new HashMap<>(category);
        venue.remove("dimension.category");
        venue.put("group.by", "venue.venuecity");
        venue.put("dimension.event", "tickit.ems.event on eventid");
        venue.put("dimension.venue", "tickit.ems.venue on event.venueid");
        venue.put("output", run + "venue");
        groups.put("Aggregate.venue", Configuration.fromMap(venue));
        Map<String, String> day = new HashMap<>(venue);
        day.put("window", "tumbling");
        day.put("window.size", "1 d");
        day.put("time", "saletime");
        day.put("time.format", "M/d/yyyy HH:mm:ss");
        day.put("retention", "1000 d");
        day.put("output", run + "day");
        groups.put("Aggregate.day", Configuration.fromMap(day));
        return groups;
    }

    private static void run(
            Recording recording, TributaryConfig config, LocalKafka kafka, int parallelism, boolean failure)
            throws Exception {
        Configuration flink = new Configuration();
        flink.setString("execution.checkpointing.interval", "300 ms");
        flink.setString("restart-strategy.type", "fixed-delay");
        flink.setString("restart-strategy.fixed-delay.delay", "100 ms");
        flink.setString("restart-strategy.fixed-delay.attempts", "1");
        flink.setString("taskmanager.memory.network.max", "256 mb");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
        env.getConfig().disableGenericTypes();
        DataStream<RawRecord> records = KafkaSources.stream(env, config);
        if (failure) {
            records = FailsOnce.in(records);
        }
        DataStream<ChangeEvent> changes = records.process(
                new DecodeFunction(new RecordedDecoders(recording.name()), Map.of(), new DecodeLimits(config)),
                ChangeEvent.TYPE);
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        Aggregates.attach(changes, config, client)
                .orElseThrow()
                .map(AggregatesITCase::counted)
                .returns(DeadLetter.TYPE)
                .sinkTo(new DiscardingSink<>());
        env.execute();
    }

    private static DeadLetter counted(DeadLetter letter) {
        DEAD_LETTERS.incrementAndGet();
        return letter;
    }

    private static void assertTopic(
            LocalKafka kafka, String topic, String delivery, Map<String, TruthFigures.Sum> expected) {
        Map<String, List<String>> history = history(kafka, topic);
        Map<String, TruthFigures.Sum> last = new TreeMap<>();
        history.forEach((key, values) -> {
            TruthFigures.Sum sum = TruthFigures.Sum.parse(values.get(values.size() - 1));
            if (sum.orders() != 0) {
                last.put(key, sum);
            }
        });
        assertThat(last).as(topic).isEqualTo(expected);
        if (delivery.equals("exactly-once")) {
            history.forEach((key, values) -> {
                for (int i = 1; i < values.size(); i++) {
                    assertThat(values.get(i)).as("sent twice: " + key).isNotEqualTo(values.get(i - 1));
                }
            });
        }
    }

    /**
     * @return the values of each key in their order, as a read-committed consumer sees them once it has passed all that was
     *     written: a commit returns before the broker has ended the transaction in every partition
     */
    private static Map<String, List<String>> history(LocalKafka kafka, String topic) {
        Map<String, List<String>> history = new LinkedHashMap<>();
        try (KafkaConsumer<String, String> written = consumer(kafka, "read_uncommitted");
                KafkaConsumer<String, String> committed = consumer(kafka, "read_committed")) {
            List<TopicPartition> partitions = committed.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = written.endOffsets(partitions);
            committed.assign(partitions);
            committed.seekToBeginning(partitions);
            await("no transaction left open in " + topic)
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        for (ConsumerRecord<String, String> record : committed.poll(Duration.ofMillis(200))) {
                            history.computeIfAbsent(record.key(), key -> new ArrayList<>())
                                    .add(record.value());
                        }
                        return partitions.stream()
                                .allMatch(partition -> committed.position(partition) >= ends.get(partition));
                    });
        }
        return history;
    }

    private static KafkaConsumer<String, String> consumer(LocalKafka kafka, String isolation) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", kafka.bootstrapServers());
        properties.setProperty("isolation.level", isolation);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }
}
