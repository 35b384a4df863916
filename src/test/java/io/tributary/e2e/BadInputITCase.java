package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.DeadLetterHeaders;
import io.tributary.deadletter.DeadLetterLine;
import io.tributary.local.job.JobSettings;
import io.tributary.local.recording.Moment;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.local.replay.Resend;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalRegistry;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be applied is kept as it came, and the good records around it are applied. */
class BadInputITCase {
    private static final Recording RECORDING = Recording.bundled("raw-headers-default");
    private static final String TOPIC = "tickit.ems.venue";
    private static final String DEAD_LETTERS = "dead-letters";
    private static final String VALUE_ID = "apicurio.value.globalId";
    private static final String KEY_ID = "apicurio.key.globalId";
    private static final int TWO_MEGABYTES = 2 << 20;

    @TempDir
    Path directory;

    private LocalKafka kafka;
    private Lake lake;
    private List<RawRecord> good;

    @BeforeEach
    void startBroker() {
        kafka = LocalKafka.started();
        kafka.createTopic(TOPIC, 1);
        lake = Lake.local(directory);
        good = RECORDING.messages(TOPIC);
    }

    @AfterEach
    void stopBroker() {
        kafka.close();
    }

    @Test
    void badRecordsAreKeptInADirectory() throws Exception {
        Map<Long, Expected> bad = produceWithBadOnes();
        Run run = Run.of(settings().load(), 2);
        run.assertBalanced(good.size() + bad.size());
        lake.assertIsTruth(RECORDING, TOPIC);
        Map<Long, String> found = new TreeMap<>();
        for (DeadLetter letter : lettersInDirectory()) {
            found.put(
                    letter.record().offset(),
                    text(letter.record()) + " is " + letter.reason().label());
            assertThat(letter.record().topic()).isEqualTo(TOPIC);
            assertThat(letter.record().partition()).isZero();
            assertThat(letter.message()).isNotBlank();
        }
        assertThat(found).isEqualTo(texts(bad));
    }

    @Test
    void badRecordsAreKeptInATopic() throws Exception {
        kafka.createTopic(DEAD_LETTERS, 1);
        Map<Long, Expected> bad = produceWithBadOnes();
        JobSettings settings = settings().set("DeadLetter.type", "topic").set("DeadLetter.topic", DEAD_LETTERS);
        Run.of(settings.load(), 2).assertBalanced(good.size() + bad.size());
        lake.assertIsTruth(RECORDING, TOPIC);
        Map<Long, String> found = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> message : messages(DEAD_LETTERS)) {
            assertThat(header(message, DeadLetterHeaders.TOPIC)).isEqualTo(TOPIC);
            assertThat(header(message, DeadLetterHeaders.PARTITION)).isEqualTo("0");
            assertThat(header(message, DeadLetterHeaders.MESSAGE)).isNotBlank();
            long offset = Long.parseLong(header(message, DeadLetterHeaders.OFFSET));
            found.put(offset, text(asItCame(message)) + " is " + header(message, DeadLetterHeaders.REASON));
        }
        assertThat(found).isEqualTo(texts(bad));
        Map<Long, String> due = new TreeMap<>();
        new Resend(settings.load(), DEAD_LETTERS)
                .plan()
                .due()
                .forEach(letter -> due.put(
                        letter.record().offset(),
                        text(letter.record()) + " is " + letter.reason().label()));
        assertThat(due).as("what a replay reads of the topic").isEqualTo(texts(bad));
    }

    /** A snapshot is not mixed in: a row that is read after changes counts as read anew. */
    @Test
    void formatsAndSchemaIdsMayBeMixedInOneTopicAndChangesComeInAnyOrder() throws Exception {
        long seed = 4;
        List<RawRecord> mixed = new ArrayList<>(good);
        int snapshot = RECORDING.ends(Moment.AFTER_SNAPSHOT).get(TOPIC).get(0).intValue();
        Collections.shuffle(mixed.subList(snapshot, mixed.size()), new Random(seed));
        System.out.println("order by seed " + seed);
        try (Producer<byte[], byte[]> producer = RecordingLoader.producer(kafka.bootstrapServers())) {
            for (int i = 0; i < mixed.size(); i++) {
                RawRecord message = mixed.get(i);
                producer.send(RecordingLoader.record(
                        i % 3 == 0 ? message : i % 3 == 1 ? framed(message, Long.BYTES) : framed(message, 4)));
            }
        }
        Run run = Run.of(settings().load(), 2);
        run.assertBalanced(good.size());
        assertThat(run.deadLetters().values()).allMatch(count -> count == 0);
        lake.assertIsTruth(RECORDING, TOPIC);
    }

    private record Expected(RawRecord record, String reason) {}

    /** Produces the good records with bad ones between them; returns the bad ones by their offset. */
    private Map<Long, Expected> produceWithBadOnes() throws Exception {
        List<Expected> bad = bad();
        Map<Long, Expected> byOffset = new TreeMap<>();
        int every = good.size() / bad.size();
        try (Producer<byte[], byte[]> producer = RecordingLoader.producer(kafka.bootstrapServers())) {
            for (int i = 0; i < good.size(); i++) {
                if (i % every == every / 2 && byOffset.size() < bad.size()) {
                    Expected next = bad.get(byOffset.size());
                    byOffset.put(
                            producer.send(RecordingLoader.record(next.record()))
                                    .get()
                                    .offset(),
                            next);
                }
                producer.send(RecordingLoader.record(good.get(i)));
            }
        }
        assertThat(byOffset).hasSameSizeAs(bad);
        return byOffset;
    }

    private List<Expected> bad() throws Exception {
        RawRecord base = good.get(100);
        byte[] value = base.value();
        byte[] wrongMagic = ByteBuffer.allocate(5 + value.length)
                .put((byte) 0x42)
                .putInt(12)
                .put(value)
                .array();
        byte[] large = new byte[TWO_MEGABYTES];
        new Random(1).nextBytes(large);
        byte[] json = "{\"venueid\":1,\"venuename\":\"Toyota Park\"}".getBytes(StandardCharsets.UTF_8);
        Headers none = new Headers(new String[] {"trace", "trace"}, new byte[][] {{1, 2}, null});
        byte[] text = {10, 'h', 'e', 'l', 'l', 'o'};
        return List.of(
                new Expected(with(base, Arrays.copyOf(value, value.length / 2), base.headers()), "malformed"),
                new Expected(with(base, value, withId(base.headers(), 999_999)), "schema-not-found"),
                new Expected(with(base, wrongMagic, none), "unknown-format"),
                new Expected(with(base, large, base.headers()), "too-large"),
                new Expected(with(base, json, none), "unknown-format"),
                new Expected(with(base, new byte[0], none), "unknown-format"),
                new Expected(with(base, text, withId(base.headers(), registerText())), "unsupported-schema"));
    }

    private JobSettings settings() {
        return Servers.bounded(kafka, RECORDING, List.of(TOPIC), lake).set("Source.max.value.size", "1 mb");
    }

    private static RawRecord with(RawRecord base, byte[] value, Headers headers) {
        return RawRecord.ofKafka(TOPIC, 0, -1, base.timestamp(), base.key(), value, headers);
    }

    private static Headers withId(Headers headers, long id) {
        String[] names = new String[headers.size()];
        byte[][] values = new byte[headers.size()][];
        for (int i = 0; i < names.length; i++) {
            names[i] = headers.name(i);
            values[i] = names[i].equals(VALUE_ID)
                    ? ByteBuffer.allocate(Long.BYTES).putLong(id).array()
                    : headers.value(i);
        }
        return new Headers(names, values);
    }

    /** The same message with its schemas' ids before the bytes instead of in the headers. */
    private static RawRecord framed(RawRecord message, int idBytes) {
        List<String> names = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < message.headers().size(); i++) {
            if (!message.headers().name(i).startsWith("apicurio.")) {
                names.add(message.headers().name(i));
                values.add(message.headers().value(i));
            }
        }
        return RawRecord.ofKafka(
                TOPIC,
                0,
                -1,
                message.timestamp(),
                framed(message.key(), message.headers().last(KEY_ID), idBytes),
                framed(message.value(), message.headers().last(VALUE_ID), idBytes),
                new Headers(names.toArray(String[]::new), values.toArray(byte[][]::new)));
    }

    private static byte[] framed(byte[] avro, byte[] id, int idBytes) {
        if (avro == null) {
            return null;
        }
        return ByteBuffer.allocate(1 + idBytes + avro.length)
                .put((byte) 0)
                .put(id, id.length - idBytes, idBytes)
                .put(avro)
                .array();
    }

    /** @return the globalId of a schema that is no record */
    private static long registerText() throws Exception {
        LocalRegistry registry = Servers.registry(RECORDING);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(registry.coreApi() + "/groups/default/artifacts?ifExists=RETURN"))
                                .header("X-Registry-ArtifactId", "a-text")
                                .header("X-Registry-ArtifactType", "AVRO")
                                .header("Content-Type", "application/json")
                                .timeout(Duration.ofSeconds(30))
                                .POST(HttpRequest.BodyPublishers.ofString("\"string\""))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        Matcher id = Pattern.compile("\"globalId\":(\\d+)").matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        return Long.parseLong(id.group(1));
    }

    private List<DeadLetter> lettersInDirectory() throws IOException {
        List<DeadLetter> letters = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory.resolve("_dead_letters"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.getFileName().toString()).doesNotStartWith(".");
                for (String line : Files.readAllLines(file)) {
                    letters.add(DeadLetterLine.read(line));
                }
            }
        }
        return letters;
    }

    private List<ConsumerRecord<byte[], byte[]>> messages(String topic) {
        List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(messages::add);
            }
        }
        return messages;
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** The message without what was added to it. */
    private static RawRecord asItCame(ConsumerRecord<byte[], byte[]> message) {
        List<Header> own = Arrays.stream(message.headers().toArray())
                .filter(header -> !DeadLetterHeaders.isProvenance(header.key()))
                .toList();
        return RawRecord.ofKafka(
                TOPIC,
                0,
                -1,
                Long.parseLong(header(message, DeadLetterHeaders.TIMESTAMP)),
                message.key(),
                message.value(),
                new Headers(
                        own.stream().map(Header::key).toArray(String[]::new),
                        own.stream().map(Header::value).toArray(byte[][]::new)));
    }

    private static Map<Long, String> texts(Map<Long, Expected> expected) {
        return new TreeMap<>(expected.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> text(one.getValue().record()) + " is "
                                + one.getValue().reason())));
    }

    /** Everything of a record that has to be kept, as text; a large value by its length and hash. */
    private static String text(RawRecord record) {
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < record.headers().size(); i++) {
            headers.add(record.headers().name(i) + "=" + base64(record.headers().value(i)));
        }
        String value = record.value().length < TWO_MEGABYTES
                ? base64(record.value())
                : record.value().length + " bytes #" + Arrays.hashCode(record.value());
        return record.timestamp() + " " + base64(record.key()) + " " + value + " " + headers;
    }

    private static String base64(byte[] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
