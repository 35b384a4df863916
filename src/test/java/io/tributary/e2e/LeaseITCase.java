package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.local.recording.Recording;
import io.tributary.local.stack.LocalKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs, each in a process of its own, want one lake. */
class LeaseITCase {
    private static final Recording RECORDING = Recording.bundled("raw-headers-default");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

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

    @Test
    void aSecondJobIsKeptOutWhileTheFirstLives() throws Exception {
        feed.next(2_000);
        try (JobProcess first = start("first", "3 s")) {
            awaitCommitted(first);
            try (JobProcess second = start("second", "3 s")) {
                await().atMost(PATIENCE).until(() -> !second.isAlive());
                assertThat(second.log())
                        .contains("another writer is alive on this lake")
                        .contains("A lake has one writer");
            }
            feed.all();
            awaitCommitted(first);
        }
        lake.assertIsTruth(RECORDING);
    }

    /** The first is stopped as by a suspended machine, and wakes up when the second has long taken over. */
    @Test
    void aJobThatSleptLongerThanItsLeaseCommitsNothingMore() throws Exception {
        feed.next(2_000);
        try (JobProcess first = start("first", "3 s")) {
            awaitCommitted(first);
            feed.next(1_000);
            first.signal("STOP");
            try (JobProcess second = start("second", "20 s")) {
                awaitCommitted(second);
                first.signal("CONT");
                await().atMost(PATIENCE).until(() -> !first.isAlive());
                assertThat(first.log()).contains("this job has lost the lease of the lake");
                feed.all();
                awaitCommitted(second);
            }
        }
        lake.assertIsTruth(RECORDING);
        lake.assertNoRecordMissing(RECORDING);
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

    /** Starts without state, from the beginning, with checkpoints of its own. */
    private JobProcess start(String name, String lease) throws IOException {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "Source.bootstrap.servers",
                kafka.bootstrapServers(),
                "Source.topic.pattern",
                "tickit.*",
                "Source.discovery.interval",
                "500 ms",
                "SchemaRegistry.url",
                Servers.registry(RECORDING).url(),
                "Lake.lease.duration",
                lease,
                "Lake.path",
                lake.path()));
        return JobProcess.start(Files.createDirectories(directory.resolve(name)), 2, null, null, settings);
    }
}
