package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.local.databases.LakeComparison;
import io.tributary.local.databases.TableDifference;
import io.tributary.local.databases.TicketShop;
import io.tributary.local.databases.TickitDatabases;
import io.tributary.local.query.LakeQuery;
import io.tributary.local.stack.LocalConnect;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real databases, Debezium in Kafka Connect, the registry and the job: the lake equals the databases, whatever is killed. */
class DatabasesITCase {
    private static final int HUNDREDTH = 100;
    private static final long SEED = 7;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void connectAndTheJobAreKilledWhileTheDatabasesChange() throws Exception {
        Path lake = Files.createDirectory(directory.resolve("lake"));
        try (LocalKafka kafka = LocalKafka.started();
                LocalRegistry registry = LocalRegistry.started();
                TickitDatabases databases = TickitDatabases.started(HUNDREDTH, SEED);
                TicketShop shop = databases.shop();
                LocalConnect connect = databases.connect(kafka, registry)) {
            LakeQuery query = new LakeQuery(lake.toString());
            LakeComparison comparison = new LakeComparison(databases, query);
            try (JobProcess job = start(kafka, registry, lake, null)) {
                change(shop, 200);
                await().atMost(PATIENCE).until(() -> {
                    job.assertAlive();
                    return query.tables().size() == 7;
                });
                change(shop, 100);
                connect.kill();
                change(shop, 200);
                await().atMost(PATIENCE).until(() -> {
                    job.assertAlive();
                    return JobProcess.newestCheckpoint(directory).isPresent();
                });
            }
            connect.start();
            databases.awaitRunning(connect);
            change(shop, 200);
            Path checkpoint = JobProcess.newestCheckpoint(directory).orElseThrow();
            try (JobProcess job = start(kafka, registry, lake, checkpoint);
                    Checkpoints checkpoints = new Checkpoints(kafka)) {
                change(shop, 200);
                Map<String, Integer> last = shop.lastRows();
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
                    job.assertAlive();
                    return comparison.holds(last)
                            && checkpoints.hold(kafka.endOffsets(Pattern.compile(TickitDatabases.TOPIC_PATTERN)))
                            && nothingPending(query, lake);
                });
            }
            for (TableDifference table : comparison.tables()) {
                assertThat(table.databaseRows()).isPositive();
                assertThat(table.examples()).as(table.toString()).isEmpty();
                assertThat(table.isEqual()).as(table.toString()).isTrue();
            }
        }
    }

    private JobProcess start(LocalKafka kafka, LocalRegistry registry, Path lake, Path checkpoint) throws IOException {
        return JobProcess.start(
                directory,
                2,
                checkpoint,
                null,
                new TreeMap<>(Map.of(
                        "Source.bootstrap.servers", kafka.bootstrapServers(),
                        "Source.topic.pattern", TickitDatabases.TOPIC_PATTERN,
                        "Source.discovery.interval", "500 ms",
                        "SchemaRegistry.url", registry.url(),
                        "Lake.path", lake.toUri().toString())));
    }

    private static boolean nothingPending(LakeQuery query, Path lake) {
        return query.tables().stream()
                .allMatch(table ->
                        Lake.local(lake).stored(table).pendingInstants().isEmpty());
    }

    private static void change(TicketShop shop, int transactions) {
        for (int i = 0; i < transactions; i++) {
            shop.change();
        }
    }
}
