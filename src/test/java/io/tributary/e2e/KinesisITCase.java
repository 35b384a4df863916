package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.DeadLetterLine;
import io.tributary.deadletter.Reason;
import io.tributary.local.job.JobSettings;
import io.tributary.local.recording.Moment;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.StreamLoader;
import io.tributary.local.stack.LocalKinesis;
import io.tributary.local.stack.NeedsKinesis;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.PutRecordResult;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded topics through Kinesis, registry and job: the lake equals the database. */
class KinesisITCase {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SALE = "tickit.ecomm.sale";

    private static LocalKinesis kinesis;

    @TempDir
    Path directory;

    @BeforeEach
    void start() {
        NeedsKinesis.orSkip();
        if (kinesis == null) {
            kinesis = LocalKinesis.started();
        }
    }

    @AfterAll
    static void stop() {
        if (kinesis != null) {
            kinesis.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"raw-confluent4-contentid, polling", "unwrap-apicurio8, efo"})
    void everyRecordingBecomesTheDatabaseAndFiguresAndDeadLettersArrive(String name, String reader) throws Exception {
        Recording recording = Recording.bundled(name);
        String arn = kinesis.createStream(name, 2);
        StreamLoader loader = new StreamLoader(recording, kinesis, name);
        int messages = loader.left();
        loader.next(messages / 3);
        kinesis.split(name, kinesis.openShards(name).get(0));
        loader.nextAggregated(messages / 3, 20);
        PutRecordResult bad = kinesis.client().putRecord(name, ByteBuffer.wrap("no Avro".getBytes()), "bad");
        List<Shard> open = kinesis.openShards(name);
        kinesis.merge(name, open.get(1), open.get(2));
        loader.nextAggregated(loader.left(), 200);
        Lake lake = Lake.local(directory);
        JobSettings settings = settings(recording, arn, lake, reader)
                .set("Source.bounded", "true")
                .set("Aggregate.quantities.table", SALE)
                .set("Aggregate.quantities.group.by", "qtysold")
                .set("Aggregate.quantities.amount", "pricepaid")
                .set("Aggregate.quantities.window", "total")
                .set("Aggregate.quantities.emit.interval", "1 s")
                .set("Aggregate.quantities.output", kinesis.createStream(name + "-figures", 2))
                .set("DeadLetter.type", "stream")
                .set("DeadLetter.stream.arn", kinesis.createStream(name + "-dead", 1));
        Run run = Run.of(settings.load(), 2);
        run.assertBalanced(messages + 1);
        assertThat(run.deadLetters()).containsEntry(Reason.UNKNOWN_FORMAT.label(), 1L);
        lake.assertIsTruth(recording);
        assertIsTruth(figures(name + "-figures"), recording);
        DeadLetter letter =
                DeadLetterLine.read(text(kinesis.records(name + "-dead").get(0)));
        assertThat(letter.record().value()).isEqualTo("no Avro".getBytes());
        assertThat(letter.record().topic()).isEqualTo(name);
        assertThat(letter.record().sequenceNumber()).isEqualTo(bad.getSequenceNumber());
        assertThat(bad.getShardId()).endsWith("" + letter.record().partition());
    }

    /** The job's process dies with shards, and aggregated records, read in part. */
    @ParameterizedTest
    @CsvSource({"unwrap-apicurio8, polling", "raw-confluent4-contentid, efo"})
    void killedAndStartedAgainWhileShardsAreSplitAndMerged(String name, String reader) throws Exception {
        Recording recording = Recording.bundled(name);
        String stream = name + "-killed";
        String arn = kinesis.createStream(stream, 1);
        StreamLoader loader = new StreamLoader(recording, kinesis, stream);
        Lake lake = Lake.local(directory.resolve("lake"));
        int piece = loader.left() / 4;
        for (int life = 1; life <= 3; life++) {
            Path checkpoint = checkpoint();
            try (JobProcess job = start(settings(recording, arn, lake, reader), life, checkpoint)) {
                loader.nextAggregated(piece, 30);
                reshard(stream, life);
                loader.next(piece / 3);
                await().atMost(PATIENCE).until(() -> {
                    job.assertAlive();
                    return Optional.ofNullable(checkpoint()).isPresent()
                            && !checkpoint().equals(checkpoint);
                });
            }
            System.out.printf("%s: life %d ended, %d messages to go%n", stream, life, loader.left());
        }
        loader.next(loader.left());
        try (JobProcess job =
                start(settings(recording, arn, lake, reader).set("Source.bounded", "true"), 2, checkpoint())) {
            await().atMost(PATIENCE).until(() -> !job.isAlive());
            assertThat(job.exitCode()).as(job::logTail).isZero();
        }
        lake.assertIsTruth(recording);
    }

    private static void reshard(String stream, int life) {
        List<Shard> open = kinesis.openShards(stream);
        if (life == 2) {
            kinesis.merge(stream, open.get(0), open.get(1));
        } else {
            kinesis.split(stream, open.get(0));
        }
    }

    private Path checkpoint() throws IOException {
        return JobProcess.newestCheckpoint(directory).orElse(null);
    }

    private JobProcess start(JobSettings settings, int parallelism, Path checkpoint) throws IOException {
        return JobProcess.start(directory, parallelism, checkpoint, null, settings.asMap());
    }

    private static JobSettings settings(Recording recording, String arn, Lake lake, String reader) {
        JobSettings settings = JobSettings.of(kinesis, Servers.registry(recording), arn, lake.path())
                .set("Source.reader.type", reader)
                .set("Source.discovery.interval", "1 s");
        for (String table : recording.tables()) {
            settings.set(
                    "Table." + table + ".key",
                    ExpectedTable.after(recording, table).keyColumn());
        }
        return reader.equals("efo") ? settings.set("Source.consumer.name", "tributary") : settings;
    }

    /** @return the last figure of each group, by the stream's order */
    private static Map<String, JsonNode> figures(String stream) throws IOException {
        Map<String, JsonNode> figures = new TreeMap<>();
        for (Record record : kinesis.records(stream)) {
            JsonNode figure = new ObjectMapper().readTree(text(record));
            assertThat(record.getPartitionKey()).isEqualTo("{\"qtysold\":" + figure.get("qtysold") + "}");
            figures.put(figure.get("qtysold").asText(), figure);
        }
        return figures;
    }

    private static void assertIsTruth(Map<String, JsonNode> figures, Recording recording) {
        Map<String, List<BigDecimal>> sales = new TreeMap<>();
        recording
                .truth(SALE, Moment.FINAL)
                .asMaps()
                .forEach(row -> sales.computeIfAbsent(row.get("qtysold"), quantity -> new ArrayList<>())
                        .add(row.get("pricepaid") == null ? BigDecimal.ZERO : new BigDecimal(row.get("pricepaid"))));
        assertThat(figures.keySet()).containsAll(sales.keySet());
        figures.forEach((quantity, figure) -> {
            List<BigDecimal> amounts = sales.getOrDefault(quantity, List.of());
            assertThat(figure.get("orders").asInt())
                    .as("orders of quantity %s", quantity)
                    .isEqualTo(amounts.size());
            assertThat(new BigDecimal(figure.get("sales").asText()))
                    .as("sales of quantity %s", quantity)
                    .isEqualByComparingTo(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        });
    }

    private static String text(Record record) {
        return StandardCharsets.UTF_8.decode(record.getData().duplicate()).toString();
    }
}
