package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.aggregate.FigureTopics;
import io.tributary.aggregate.RecordedAggregates;
import io.tributary.local.job.JobSettings;
import io.tributary.local.job.LocalJob;
import io.tributary.local.recording.Recording;
import io.tributary.local.replay.AvroText;
import io.tributary.local.stack.LocalKafka;
import io.tributary.metrics.MetricNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job stands on goes away for a while: it holds, or restarts, and loses nothing. */
class OutageITCase {
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
        lake = Lake.local(directory);
    }

    @AfterEach
    void stopBroker() {
        feed.close();
        kafka.close();
    }

    /** The figures' schema is registered when a task starts, so a task that starts again waits for the registry, too. */
    @Test
    void aRegistryThatIsDownHoldsTheJobAndMakesNoDeadLetters() throws Exception {
        feed.snapshotWithout("tickit.ems.venue");
        RegistryGate gate = new RegistryGate(Servers.registry(RECORDING));
        Map<String, String> settings = new HashMap<>(RecordedAggregates.EVENT.settings("at-least-once"));
        settings.put("Aggregate.event.output.format", "avro");
        settings.put("SchemaRegistry.url", gate.url());
        settings.put("SchemaRegistry.retry.attempts", "3");
        settings.put("SchemaRegistry.retry.delay", "50 ms");
        try (AvroText avro = new AvroText(settings(settings).load());
                FigureTopics figures = new FigureTopics(kafka, Set.of(RecordedAggregates.EVENT), avro::of);
                LocalJob job = start(settings)) {
            awaitCommitted(job);
            gate.close();
            // Schemas that the job has not asked for yet.
            feed.all();
            await().atMost(PATIENCE).until(() -> restarts(job) > 0);
            assertThat(feed.isInCheckpoint()).isFalse();
            assertThat(job.isDone()).isFalse();
            gate.open();
            awaitCommitted(job);
            await().pollInSameThread().atMost(PATIENCE).untilAsserted(() -> {
                figures.poll();
                figures.assertAreTruth(RecordedAggregates.EVENT, RECORDING);
            });
            assertThat(job.metrics().sumsByPrefix(MetricNames.DEAD_LETTERS).values())
                    .allMatch(count -> count == 0);
        } finally {
            gate.close();
        }
        assertTruth();
    }

    @Test
    void aBrokerThatRestartsIsReadOn() throws Exception {
        feed.next(3_000);
        try (LocalJob job = start(Map.of())) {
            awaitCommitted(job);
            kafka.stop();
            kafka.start();
            feed.all();
            awaitCommitted(job);
        }
        assertTruth();
    }

    @Test
    void aTaskManagerThatDiesMidwayIsReplaced() throws Exception {
        feed.next(4_000);
        try (LocalJob job = start(Map.of())) {
            await().atMost(PATIENCE).until(() -> job.metrics().sum(MetricNames.APPLIED) > 0);
            feed.next(1_000);
            job.cluster().terminateTaskManager(0).get();
            feed.all();
            job.cluster().startTaskManager();
            awaitCommitted(job);
            assertThat(restarts(job)).isPositive();
        }
        assertTruth();
    }

    private LocalJob start(Map<String, String> more) {
        Configuration flink = new Configuration();
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1_000);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
        return LocalJob.start(settings(more).load(), flink, 2);
    }

    private JobSettings settings(Map<String, String> more) {
        return new JobSettings()
                .set("Source.bootstrap.servers", kafka.bootstrapServers())
                .set("Source.topic.pattern", "tickit.*")
                .set("Source.discovery.interval", "500 ms")
                .set("SchemaRegistry.url", Servers.registry(RECORDING).url())
                .set("Lake.path", lake.path())
                .setAll(more);
    }

    private void awaitCommitted(LocalJob job) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(job.isDone()).isFalse();
            return feed.isInCheckpoint()
                    && lake.tables().stream()
                            .allMatch(table ->
                                    lake.stored(table).pendingInstants().isEmpty());
        });
    }

    private static int restarts(LocalJob job) throws Exception {
        return StreamSupport.stream(
                        job.cluster()
                                .getExecutionGraph(job.id())
                                .get()
                                .getAllExecutionVertices()
                                .spliterator(),
                        false)
                .mapToInt(vertex -> vertex.getCurrentExecutionAttempt().getAttemptNumber())
                .max()
                .orElse(0);
    }

    private void assertTruth() throws Exception {
        lake.assertIsTruth(RECORDING);
        lake.assertNoRecordMissing(RECORDING);
        assertThat(directory.resolve("_dead_letters")).doesNotExist();
    }
}
