package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.Reason;
import io.tributary.http.StubServer;
import io.tributary.http.StubServer.Reply;
import io.tributary.local.cli.CommandException;
import io.tributary.local.job.JobSettings;
import io.tributary.local.job.LocalJob;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.local.replay.Resend;
import io.tributary.local.replay.ResendPlan;
import io.tributary.local.replay.ResendReport;
import io.tributary.local.stack.LocalKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each reason for a dead letter: its cause makes letters, it is mended, they are sent in again, and the lake is the
 * database's. A topic for each reason; its rows are flattened, without a place in the log, and all of one millisecond, so
 * that nothing but the place in the topic tells which change is newer.
 */
class DeadLetterRoundTripITCase {
    /** No replay mends it: {@link Reason#LATE} says why. {@code CorrectedFiguresTest} produces it. */
    private static final Set<Reason> NOT_REPLAYED = EnumSet.of(Reason.LATE);

    /** Its topic is a compacted one. */
    private static final Reason COMPACTED = Reason.TOO_LARGE;

    private static final long TS_MS = 1_700_000_000_000L;
    private static final String OLD = "old";
    private static final String DEAD = "dead";
    private static final String NEW = "new";
    private static final String LARGE = "x".repeat(200_000);
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int MISSING = 11;
    private static final int TEXT = 12;
    private static final int SHORTER = 13;
    private static final int SWAPPED = 14;
    /** A name that says nothing: the topic of rows that do not name their table either. */
    private static final String NAMELESS = "nameless";

    private static final String KEY_SCHEMA = """
            {"type":"record","name":"Key","fields":[{"name":"id","type":"int"}]}""";
    private static final String VALUE_SCHEMA = """
            {"type":"record","name":"Value","fields":[{"name":"id","type":"int"},
              {"name":"name","type":["null","string"]},{"name":"__op","type":["null","string"]},
              {"name":"pad","type":["null","string"]},{"name":"__source_ts_ms","type":["null","long"]}]}""";

    @TempDir
    Path directory;

    private static LocalKafka kafka;

    private final Map<String, String> schemas =
            new ConcurrentHashMap<>(Map.of(Integer.toString(KEY), KEY_SCHEMA, Integer.toString(VALUE), VALUE_SCHEMA));
    private StubServer registry;
    private Lake lake;

    @BeforeAll
    static void produceEach() throws Exception {
        kafka = LocalKafka.started();
        kafka.createTopic(table(Reason.NO_TABLE), 1);
        try (Producer<byte[], byte[]> producer = RecordingLoader.producer(kafka.bootstrapServers())) {
            for (Reason reason : replayed()) {
                kafka.createTopic(
                        topic(reason), 1, Map.of("cleanup.policy", reason == COMPACTED ? "compact" : "delete"));
                produce(reason, producer);
            }
        }
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void startRegistry() {
        registry = new StubServer(request -> {
            String schema = schemas.get(request.path().replaceFirst(".*/ids/globalIds/", ""));
            boolean isRegistry = request.path().endsWith("/system/info");
            return schema != null ? Reply.ok(schema) : isRegistry ? Reply.ok("{\"name\":\"Apicurio\"}") : Reply.of(404);
        });
        lake = Lake.local(directory.resolve("lake"));
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    void everyReasonIsProducedMendedAndReplayedAway() throws Exception {
        register(TEXT, "\"string\"");
        register(SHORTER, KEY_SCHEMA);
        register(
                SWAPPED,
                VALUE_SCHEMA
                        .replace("__op", "?")
                        .replace("\"name\",", "\"__op\",")
                        .replace("?", "name"));
        Path inTheWay = directory.resolve("lake").resolve(table(Reason.UNWRITABLE_TABLE));
        Files.createDirectories(inTheWay.getParent());
        Files.writeString(inTheWay, "no table");

        Run.of(
                settings()
                        .set("SchemaRegistry.wire.format", "apicurio-headers")
                        .set("Source.max.value.size", "100 kb")
                        .load(),
                1);
        ResendPlan plan = resend().plan();
        assertThat(plan.skipped()).isEmpty();
        Map<Reason, Long> letters = plan.due().stream()
                .collect(Collectors.groupingBy(DeadLetter::reason, TreeMap::new, Collectors.counting()));
        assertThat(letters).isEqualTo(expectedLetters());

        Stream.of(MISSING, TEXT, SHORTER, SWAPPED).forEach(id -> register(id, VALUE_SCHEMA));
        Files.delete(inTheWay);
        long mended = System.currentTimeMillis();
        for (int times = 0; times < 2; times++) {
            ResendReport report = resend().reasons(EnumSet.complementOf(EnumSet.of(Reason.NO_TABLE)))
                    .run();
            assertThat(report.refused())
                    .hasSize(3)
                    .allMatch(letter -> letter.letter().reason() == COMPACTED
                            && letter.why().contains("is compacted"));
            assertThat(resend().reasons(Set.of(COMPACTED)).compacted(true).run().sent())
                    .hasSize(3);
            assertThat(resend().reasons(Set.of(Reason.NO_TABLE))
                            .to(table(Reason.NO_TABLE))
                            .run()
                            .sent())
                    .hasSize(6);
        }
        JobSettings settings = settings()
                .set("Source.start", "timestamp:" + mended)
                .set("Table." + table(Reason.NO_KEY) + ".key", "id");
        Run run = Run.of(settings.load(), 1);
        assertThat(run.deadLetters().values()).allMatch(count -> count == 0);
        run.assertBalanced(2L * plan.due().size());

        Map<String, Map<String, String>> rows = new TreeMap<>();
        Map<String, Map<String, String>> truth = new TreeMap<>();
        letters.keySet().forEach(reason -> {
            rows.put(reason.label(), rows(table(reason)));
            truth.put(reason.label(), Map.of("1", NEW, "2", DEAD, "3", DEAD));
        });
        assertThat(rows).isEqualTo(truth);
    }

    @Test
    void aJobStopsWhereTheShareOfDeadLettersIsOverTheLimit() {
        Configuration once = new Configuration();
        once.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        TributaryConfig config = settings()
                .set("Source.topics", topic(Reason.SCHEMA_NOT_FOUND))
                .set("Source.bounded", "false")
                .set("DeadLetter.max.ratio", "0.4")
                .set("DeadLetter.ratio.min.records", "5")
                .load();
        try (LocalJob job = LocalJob.start(config, once, 1)) {
            assertThatThrownBy(() -> job.awaitFinished(Run.TIMEOUT))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("The job ended FAILED because of")
                    .hasMessageContaining("TooManyDeadLettersException")
                    .hasMessageContaining("3 of the last 6 records (within 1 min) became dead letters, more than"
                            + " DeadLetter.max.ratio = 0.4 allows, so the job stops. The newest: "
                            + topic(Reason.SCHEMA_NOT_FOUND) + "[0]@5 format/schema-not-found: ");
        }
    }

    /** Row 1 has a newer change behind the dead one, row 2 has not, row 3 has nothing else. */
    private static void produce(Reason reason, Producer<byte[], byte[]> producer) throws Exception {
        producer.send(message(reason, 1, OLD)).get();
        producer.send(message(reason, 1, DEAD)).get();
        producer.send(message(reason, 1, NEW)).get();
        producer.send(message(reason, 2, OLD)).get();
        producer.send(message(reason, 2, DEAD)).get();
        producer.send(message(reason, 3, DEAD)).get();
    }

    private static Set<Reason> replayed() {
        return EnumSet.complementOf(EnumSet.copyOf(NOT_REPLAYED));
    }

    private static ProducerRecord<byte[], byte[]> message(Reason reason, int id, String name) throws IOException {
        boolean dead = name.equals(DEAD);
        int schema = VALUE;
        RecordHeaders headers = new RecordHeaders();
        byte[] key = avro(new Schema.Parser().parse(KEY_SCHEMA), Map.of("id", id));
        byte[] value = row(id, name, dead && reason == Reason.TOO_LARGE ? LARGE : null);
        if (dead) {
            switch (reason) {
                case UNKNOWN_FORMAT -> value = framed(VALUE, value);
                case SCHEMA_NOT_FOUND -> schema = MISSING;
                case UNSUPPORTED_SCHEMA -> schema = TEXT;
                case MALFORMED -> schema = SHORTER;
                case UNKNOWN_OPERATION -> schema = SWAPPED;
                case NO_KEY -> key = null;
                default -> {}
            }
        }
        headers.add("apicurio.key.globalId", id(KEY));
        if (!dead || reason != Reason.UNKNOWN_FORMAT) {
            headers.add("apicurio.value.globalId", id(schema));
        }
        return new ProducerRecord<>(topic(reason), 0, null, key, value, headers);
    }

    private static Map<Reason, Long> expectedLetters() {
        Map<Reason, Long> expected = new EnumMap<>(Reason.class);
        for (Reason reason : replayed()) {
            // These two have a cause that is not one of single messages.
            expected.put(reason, reason == Reason.NO_TABLE || reason == Reason.UNWRITABLE_TABLE ? 6L : 3L);
        }
        return expected;
    }

    private JobSettings settings() {
        List<String> topics = new ArrayList<>(List.of(table(Reason.NO_TABLE)));
        replayed().forEach(reason -> topics.add(topic(reason)));
        return new JobSettings()
                .set("Source.bootstrap.servers", kafka.bootstrapServers())
                .set("Source.topics", String.join(",", topics))
                .set("Source.bounded", "true")
                .set("SchemaRegistry.url", registry.url())
                .set("Lake.path", lake.path())
                .set("Lake.buckets", "1")
                .set("Lake.unwritable.table", "dead-letter")
                .set("DeadLetter.path", directory.resolve("letters").toUri().toString());
    }

    private Resend resend() {
        Configuration source = new Configuration();
        source.setString("bootstrap.servers", kafka.bootstrapServers());
        return new Resend(
                new TributaryConfig(Map.of("Source", source)),
                directory.resolve("letters").toString());
    }

    private Map<String, String> rows(String table) {
        Map<String, String> names = new TreeMap<>();
        lake.rows(table, "id").forEach((id, row) -> names.put(id, String.valueOf(row.get("name"))));
        return names;
    }

    private void register(int id, String schema) {
        schemas.put(Integer.toString(id), schema);
    }

    private static String topic(Reason reason) {
        return reason == Reason.NO_TABLE ? NAMELESS : table(reason);
    }

    private static String table(Reason reason) {
        return "shop.public." + reason.label().replace('-', '_');
    }

    private static byte[] row(int id, String name, String pad) throws IOException {
        Map<String, Object> row = new TreeMap<>(Map.of("id", id, "name", name, "__op", "u", "__source_ts_ms", TS_MS));
        row.put("pad", pad);
        return avro(new Schema.Parser().parse(VALUE_SCHEMA), row);
    }

    private static byte[] avro(Schema schema, Map<String, Object> values) throws IOException {
        GenericRecord record = new GenericData.Record(schema);
        values.forEach(record::put);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static byte[] framed(int id, byte[] avro) {
        return ByteBuffer.allocate(1 + Long.BYTES + avro.length)
                .put((byte) 0)
                .putLong(id)
                .put(avro)
                .array();
    }

    private static byte[] id(int id) {
        return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
    }
}
