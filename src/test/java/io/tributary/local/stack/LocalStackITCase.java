package io.tributary.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.local.recording.Moment;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.source.RawRecord;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackITCase {
    @TempDir
    Path directory;

    @Test
    void kafkaServesStopsAndStartsAgainInPlace() throws Exception {
        int port;
        try (LocalKafka kafka = LocalKafka.started()) {
            port = kafka.port();
            kafka.createTopic("kept", 2);
            kafka.stop();
            assertThat(FreePort.isFree(port)).isTrue();
            kafka.start();
            try (Admin admin = kafka.admin()) {
                assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).contains("kept");
            }
        }
        assertThat(FreePort.isFree(port)).isTrue();
    }

    @Test
    void aRecordingIsProducedAsItWas() throws Exception {
        Recording recording = Recording.bundled("raw-headers-default");
        try (LocalKafka kafka = LocalKafka.started()) {
            RecordingLoader loader = new RecordingLoader(recording, kafka);
            int snapshot = loader.loadTo(Moment.AFTER_SNAPSHOT);
            assertThat(ends(kafka, recording)).isEqualTo(recording.ends(Moment.AFTER_SNAPSHOT));
            int changes = loader.loadTo(Moment.BEFORE_TRUNCATE);
            assertThat(ends(kafka, recording)).isEqualTo(recording.ends(Moment.BEFORE_TRUNCATE));
            int truncates = loader.loadAll();
            assertThat(ends(kafka, recording)).isEqualTo(recording.ends(Moment.FINAL));
            assertThat(snapshot + changes + truncates)
                    .isEqualTo(RecordingLoader.inRecordedOrder(recording).size());
            assertThat(loader.loadAll()).isZero();
            assertSameMessages(kafka, recording, "tickit.ecomm.sale");
        }
    }

    @Test
    void theRegistryKeepsRecordedIdsOverARestart() throws Exception {
        Recording recording = Recording.bundled("raw-headers-default");
        int port;
        ProcessHandle process;
        try (LocalRegistry registry = LocalRegistry.started()) {
            port = registry.port();
            registry.importExport(recording.registryExport());
            assertIds(registry, recording);
            registry.stop();
            assertThat(FreePort.isFree(port)).isTrue();
            registry.start();
            assertIds(registry, recording);
            process = ProcessHandle.of(registry.pid()).orElseThrow();
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(FreePort.isFree(port)).isTrue();
    }

    @Test
    void s3TakesObjectsThroughHadoop() throws Exception {
        int port;
        ProcessHandle process;
        try (LocalS3 s3 = LocalS3.started()) {
            port = s3.port();
            process = ProcessHandle.of(s3.pid()).orElseThrow();
            s3.createBucket("lake");
            s3.createBucket("lake");
            Configuration hadoop = new Configuration();
            s3.s3aSettings().forEach(hadoop::set);
            try (FileSystem files = FileSystem.newInstance(URI.create("s3a://lake/"), hadoop)) {
                org.apache.hadoop.fs.Path object = new org.apache.hadoop.fs.Path("s3a://lake/a/b.txt");
                try (var out = files.create(object)) {
                    out.writeUTF("object");
                }
                try (var in = files.open(object)) {
                    assertThat(in.readUTF()).isEqualTo("object");
                }
                assertThat(files.delete(new org.apache.hadoop.fs.Path("s3a://lake/a"), true))
                        .isTrue();
            }
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(FreePort.isFree(port)).isTrue();
    }

    @Test
    void aServerEndsWithAParentThatIsKilled() throws Exception {
        Path pids = directory.resolve("pids");
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryHolder.class.getName(),
                        pids.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("parent.log").toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(120)).until(() -> Files.exists(pids));
            ProcessHandle server =
                    ProcessHandle.of(Long.parseLong(Files.readString(pids))).orElseThrow();
            assertThat(server.isAlive()).isTrue();
            parent.destroyForcibly().waitFor();
            await().atMost(Duration.ofSeconds(20)).until(() -> !server.isAlive());
        } finally {
            parent.destroyForcibly();
        }
    }

    private static void assertIds(LocalRegistry registry, Recording recording) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (var schema : recording.schemas()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(registry.coreApi() + "/ids/globalIds/" + schema.globalId()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(schema.artifactId()).isEqualTo(200);
        }
    }

    private static Map<String, List<Long>> ends(LocalKafka kafka, Recording recording) throws Exception {
        Map<TopicPartition, OffsetSpec> asked = new TreeMap<>(java.util.Comparator.comparing(TopicPartition::toString));
        recording.ends(Moment.FINAL).forEach((topic, ends) -> {
            for (int p = 0; p < ends.size(); p++) {
                asked.put(new TopicPartition(topic, p), OffsetSpec.latest());
            }
        });
        Map<String, List<Long>> found = new TreeMap<>();
        try (Admin admin = kafka.admin()) {
            var answers = admin.listOffsets(asked).all().get(30, TimeUnit.SECONDS);
            asked.keySet()
                    .forEach(partition -> found.computeIfAbsent(partition.topic(), t -> new ArrayList<>())
                            .add(answers.get(partition).offset()));
        }
        return found;
    }

    private static void assertSameMessages(LocalKafka kafka, Recording recording, String topic) throws Exception {
        Map<String, RawRecord> expected = new TreeMap<>();
        recording.messages(topic).forEach(message -> expected.put(message.coordinates(), message));
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int p = 0; p < recording.partitions(topic); p++) {
                partitions.add(new TopicPartition(topic, p));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!expected.isEmpty()) {
                var batch = consumer.poll(Duration.ofSeconds(10));
                assertThat(batch.count()).as("missing: %s", expected.keySet()).isPositive();
                for (ConsumerRecord<byte[], byte[]> got : batch) {
                    RawRecord want = expected.remove(topic + "[" + got.partition() + "]@" + got.offset());
                    assertThat(got.key()).isEqualTo(want.key());
                    assertThat(got.value()).isEqualTo(want.value());
                    assertThat(got.timestamp()).isEqualTo(want.timestamp());
                    assertThat(flat(got)).isEqualTo(flat(want));
                }
            }
        }
    }

    private static String flat(ConsumerRecord<byte[], byte[]> record) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (var header : record.headers()) {
            out.write(header.key().getBytes());
            out.write(header.value() == null ? new byte[] {'-'} : header.value());
        }
        return out.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static String flat(RawRecord record) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < record.headers().size(); i++) {
            out.write(record.headers().name(i).getBytes());
            byte[] value = record.headers().value(i);
            out.write(value == null ? new byte[] {'-'} : value);
        }
        return out.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** A parent that starts the registry, writes its pid to a file and waits to be killed. */
    static final class RegistryHolder {
        public static void main(String[] args) throws Exception {
            LocalRegistry registry = LocalRegistry.started();
            File partial = new File(args[0] + ".part");
            Files.writeString(partial.toPath(), Long.toString(registry.pid()));
            Files.move(partial.toPath(), Path.of(args[0]));
            Thread.currentThread().join();
        }
    }
}
