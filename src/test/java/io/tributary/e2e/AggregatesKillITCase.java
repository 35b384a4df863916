package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.aggregate.FigureTopics;
import io.tributary.aggregate.RecordedAggregates;
import io.tributary.local.recording.Recording;
import io.tributary.local.stack.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job's process dies by {@code kill -9} under load, and is started again: the figures are those of the database. */
class AggregatesKillITCase {
    private static final Recording RECORDING = Recording.bundled("raw-headers-default");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** One for each kill; then 2 to the end. */
    private static final int[] PARALLELISMS = {2, 3, 2};

    private static final int PIECE = 40;
    /** Of the recorded messages the first are those of other tables. */
    private static final int BEFORE_SALES = 3_000;

    private static final String EXACTLY_ONCE = "exactly-once";
    private static final Map<RecordedAggregates, String> DELIVERIES = new EnumMap<>(Map.of(
            RecordedAggregates.EVENT,
            EXACTLY_ONCE,
            RecordedAggregates.CATEGORY,
            EXACTLY_ONCE,
            RecordedAggregates.VENUE,
            "at-least-once",
            RecordedAggregates.DAY,
            "at-least-once"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = 7)
    void killedUnderLoadNothingIsSentTwiceAndTheFiguresAreThoseOfTheDatabase(long seed) throws Exception {
        Random random = new Random(seed);
        try (LocalKafka kafka = LocalKafka.started();
                Feed feed = new Feed(RECORDING, kafka);
                FigureTopics figures = new FigureTopics(kafka, DELIVERIES.keySet())) {
            feed.next(BEFORE_SALES);
            for (int kill = 0; kill < PARALLELISMS.length; kill++) {
                int reserve = feed.left() * (PARALLELISMS.length - kill) / (PARALLELISMS.length - kill + 1);
                int moment = 20 + random.nextInt(300);
                int seen = figures.seen();
                try (JobProcess job = start(kafka, PARALLELISMS[kill])) {
                    underLoad(job, feed, reserve, figures, seen + moment);
                }
                System.out.printf(
                        "seed %d: kill %d at parallelism %d, %d figures seen since the last, %d messages to go%n",
                        seed, kill + 1, PARALLELISMS[kill], figures.seen() - seen, feed.left());
            }
            feed.all();
            try (JobProcess job = start(kafka, 2)) {
                await().pollInSameThread().atMost(PATIENCE).untilAsserted(() -> {
                    job.assertAlive();
                    figures.poll();
                    for (RecordedAggregates aggregate : DELIVERIES.keySet()) {
                        figures.assertAreTruth(aggregate, RECORDING);
                    }
                    assertThat(feed.isInCheckpoint()).isTrue();
                });
            }
            DELIVERIES.forEach((aggregate, delivery) -> {
                if (delivery.equals(EXACTLY_ONCE)) {
                    figures.assertNothingWasSentTwice(aggregate);
                }
            });
        }
    }

    /** Feeds until so many figures are there, all of this life's share of the messages at most. */
    private void underLoad(JobProcess job, Feed feed, int reserve, FigureTopics figures, int moment) {
        await().pollInSameThread()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    job.assertAlive();
                    figures.poll();
                    if (feed.left() > reserve) {
                        feed.next(Math.min(PIECE, feed.left() - reserve));
                    }
                    return figures.seen() > moment;
                });
    }

    private JobProcess start(LocalKafka kafka, int parallelism) throws Exception {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "Source.bootstrap.servers", kafka.bootstrapServers(),
                "Source.topic.pattern", "tickit.*",
                "Source.discovery.interval", "500 ms",
                "SchemaRegistry.url", Servers.registry(RECORDING).url(),
                "Lake.path", directory.resolve("lake").toString()));
        DELIVERIES.forEach((aggregate, delivery) -> settings.putAll(aggregate.settings(delivery)));
        settings.put("Aggregate.event.emit.interval", "0 s");
        RecordedAggregates[] waiting = {RecordedAggregates.CATEGORY, RecordedAggregates.VENUE, RecordedAggregates.DAY};
        for (RecordedAggregates aggregate : waiting) {
            // Short, so that rows go on as unknown and come back under their names.
            settings.put("Aggregate." + aggregate.name().toLowerCase() + ".dimension.wait", "500 ms");
        }
        return JobProcess.start(
                directory, parallelism, JobProcess.newestCheckpoint(directory).orElse(null), null, settings);
    }
}
