package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.local.recording.Recording;
import io.tributary.local.stack.LocalKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The job's process dies, at any moment, and is started again: the lake equals the database all the same. */
class KillITCase {
    private static final Recording RECORDING = Recording.bundled("raw-headers-default");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int KILLS = 5;
    private static final int PIECE = 150;

    @TempDir
    Path directory;

    private LocalKafka kafka;
    private Feed feed;
    private Lake lake;

    @BeforeEach
    void startBroker() {
        kafka = LocalKafka.started();
        feed = new Feed(RECORDING, kafka);
        lake = Lake.local(directory.resolve("lake"));
    }

    @AfterEach
    void stopBroker() {
        feed.close();
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20})
    void killedAtAnyMomentTheLakeEqualsTheDatabaseInTheEnd(long seed) throws Exception {
        Random random = new Random(seed);
        Set<Path> seen = new HashSet<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            int parallelism = 1 + random.nextInt(3);
            int moment = 15 + random.nextInt(60);
            int reserve = feed.left() * (KILLS - kill + 1) / (KILLS - kill + 2);
            Path checkpoint = JobProcess.newestCheckpoint(directory).orElse(null);
            int before = seen.size();
            try (JobProcess job = start(parallelism, checkpoint, null)) {
                feed.next(PIECE);
                int[] fed = {seen.size()};
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                    job.assertAlive();
                    lakeFiles(seen);
                    if (seen.size() > fed[0] + 3 && feed.left() > reserve) {
                        feed.next(Math.min(PIECE, feed.left() - reserve));
                        fed[0] = seen.size();
                    }
                    return seen.size() > before + moment || feed.left() <= reserve;
                });
            }
            System.out.printf(
                    "seed %d: kill %d after %d files at parallelism %d from %s, %d messages to go%n",
                    seed,
                    kill,
                    seen.size() - before,
                    parallelism,
                    checkpoint == null ? "the beginning" : checkpoint.getFileName(),
                    feed.left());
        }
        feed.all();
        finish(2, JobProcess.newestCheckpoint(directory).orElse(null));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "3, true", "3, false"})
    void haltedBetweenTheCheckpointAndItsCommits(int commits, boolean withState) throws Exception {
        feed.all();
        try (JobProcess job = start(2, null, "COMMIT:" + commits)) {
            await().atMost(PATIENCE).until(() -> !job.isAlive());
            assertThat(job.exitCode()).as(job::logTail).isEqualTo(HaltingTables.EXIT_CODE);
        }
        List<String> tables = lake.tables();
        assertThat(tables.stream()
                        .mapToInt(table -> lake.stored(table).commits())
                        .sum())
                .isEqualTo(commits);
        assertThat(tables.stream().map(table -> lake.stored(table).pendingInstants()))
                .anyMatch(pending -> !pending.isEmpty());
        Path checkpoint = JobProcess.newestCheckpoint(directory).orElseThrow();
        finish(3, withState ? checkpoint : null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN:0:tickit.ems.venue",
                "COMMIT:0:tickit.ems.venue",
                "BEGIN:0:tickit.ecomm.sale:channel",
                "COMMIT:0:tickit.ecomm.sale:channel"
            })
    void aTableOrAColumnAppearsInTheEpochThatDies(String halt) throws Exception {
        feed.snapshotWithout("tickit.ems.venue");
        try (JobProcess job = start(2, null, halt)) {
            awaitCommitted(job);
            assertThat(lake.tables()).doesNotContain("tickit.ems.venue");
            assertThat(lake.query("tickit.ecomm.sale").columns()).doesNotContain("channel");
            feed.all();
            await().atMost(PATIENCE).until(() -> !job.isAlive());
            assertThat(job.exitCode()).as(job::logTail).isEqualTo(HaltingTables.EXIT_CODE);
        }
        assertThat(lake.stored("tickit.ecomm.sale").commits()).isPositive();
        finish(1, JobProcess.newestCheckpoint(directory).orElseThrow());
    }

    /** Runs the job until everything is committed, kills it, and looks at the lake. */
    private void finish(int parallelism, Path checkpoint) throws Exception {
        try (JobProcess job = start(parallelism, checkpoint, null)) {
            awaitCommitted(job);
        }
        lake.assertIsTruth(RECORDING);
        lake.assertNoRecordMissing(RECORDING);
        assertThat(directory.resolve("lake/_dead_letters")).doesNotExist();
    }

    private void awaitCommitted(JobProcess job) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            job.assertAlive();
            return feed.isInCheckpoint()
                    && lake.tables().stream()
                            .allMatch(table ->
                                    lake.stored(table).pendingInstants().isEmpty());
        });
    }

    private JobProcess start(int parallelism, Path checkpoint, String halt) throws IOException {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "Source.bootstrap.servers", kafka.bootstrapServers(),
                "Source.topic.pattern", "tickit.*",
                "Source.discovery.interval", "500 ms",
                "SchemaRegistry.url", Servers.registry(RECORDING).url(),
                "Lake.path", lake.path()));
        return JobProcess.start(directory, parallelism, checkpoint, halt, settings);
    }

    /** Adds the files that are new in the lake; files may vanish while it is looked at. */
    private void lakeFiles(Set<Path> seen) throws IOException {
        Path root = directory.resolve("lake");
        if (Files.isDirectory(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                files.forEach(seen::add);
            } catch (java.io.UncheckedIOException vanished) {
                return;
            }
        }
    }
}
