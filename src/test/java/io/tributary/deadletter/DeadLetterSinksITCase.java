package io.tributary.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.TributaryConfig;
import io.tributary.local.stack.LocalKafka;
import io.tributary.source.Headers;
import io.tributary.source.KafkaSources;
import io.tributary.source.RawRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DeadLetterSinksITCase {
    private static final DeadLetter LARGE = new DeadLetter(
            RawRecord.ofKafka(
                    "a", 2, 7, 8, null, new byte[2 << 20], new Headers(new String[] {"h"}, new byte[][] {null})),
            Stage.FORMAT,
            Reason.TOO_LARGE,
            "It is large.");
    private static final DeadLetter SMALL = new DeadLetter(
            RawRecord.ofKafka("b", 0, 1, 2, new byte[] {1}, null, Headers.NONE),
            Stage.DEBEZIUM,
            Reason.NO_KEY,
            "It has no key.");

    @TempDir
    Path directory;

    @Test
    void aTopicHoldsTheRecordsAsTheyCameWithTheirProvenance() throws Exception {
        try (LocalKafka kafka = LocalKafka.started()) {
            kafka.createTopic("dead", 1);
            TributaryConfig config = new TributaryConfig(Map.of(
                    "Source",
                    Configuration.fromMap(
                            Map.of("bootstrap.servers", kafka.bootstrapServers(), "topics", "dead", "bounded", "true")),
                    "DeadLetter",
                    Configuration.fromMap(Map.of("type", "topic", "topic", "dead"))));
            send(config);

            List<RawRecord> found = new ArrayList<>();
            try (CloseableIterator<RawRecord> records =
                    KafkaSources.stream(environment(), config).executeAndCollect()) {
                records.forEachRemaining(found::add);
            }
            found.sort(Comparator.comparing(record -> text(record, DeadLetterHeaders.TOPIC)));
            assertThat(found).hasSize(2);
            RawRecord large = found.get(0);
            assertThat(large.key()).isNull();
            assertThat(large.value()).isEqualTo(LARGE.record().value());
            assertThat(large.headers().name(0)).isEqualTo("h");
            assertThat(large.headers().value(0)).isNull();
            assertThat(text(large, DeadLetterHeaders.OFFSET)).isEqualTo("7");
            assertThat(text(large, DeadLetterHeaders.REASON)).isEqualTo("too-large");
            assertThat(found.get(1).key()).containsExactly(1);
            assertThat(found.get(1).value()).isNull();
            assertThat(text(found.get(1), DeadLetterHeaders.MESSAGE)).isEqualTo("It has no key.");
        }
    }

    @Test
    void aDirectoryHoldsTheRecordsAsLines() throws Exception {
        send(new TributaryConfig(Map.of(
                "Lake", Configuration.fromMap(Map.of("path", directory.toUri().toString())))));
        try (Stream<Path> files = Files.walk(directory.resolve("_dead_letters"))) {
            List<Path> found = files.filter(Files::isRegularFile).toList();
            assertThat(found).hasSize(1);
            List<String> lines = Files.readAllLines(found.get(0));
            assertThat(lines).hasSize(2);
            assertThat(DeadLetterLine.read(lines.get(0)))
                    .usingRecursiveComparison()
                    .isEqualTo(LARGE);
            assertThat(DeadLetterLine.read(lines.get(1)))
                    .usingRecursiveComparison()
                    .isEqualTo(SMALL);
        }
    }

    private static void send(TributaryConfig config) throws Exception {
        StreamExecutionEnvironment env = environment();
        DeadLetterSinks.attach(env.fromCollection(List.of(LARGE, SMALL), DeadLetter.TYPE), config);
        env.execute();
    }

    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(
                1, Configuration.fromMap(Map.of("collect-sink.batch-size.max", "8 mb")));
        env.getConfig().disableGenericTypes();
        return env;
    }

    private static String text(RawRecord record, String header) {
        return new String(record.headers().last(header), StandardCharsets.UTF_8);
    }
}
