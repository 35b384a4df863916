package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.aggregate.FigureTopics;
import io.tributary.aggregate.RecordedAggregates;
import io.tributary.local.recording.Recording;
import io.tributary.local.stack.LocalKafka;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job's process dies by {@code kill -9} under load, and is started again: the figures are those of the database. */
class AggregatesKillITCase {
    private static final Recording RECORDING = Recording.bundled("raw-headers-default");
    /** One for each kill; then 2 to the end. */
    private static final int[] PARALLELISMS = {2, 3, 2};

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = 7)
    void killedUnderLoadNothingIsSentTwiceAndTheFiguresAreThoseOfTheDatabase(long seed) throws Exception {
        Random random = new Random(seed);
        try (LocalKafka kafka = LocalKafka.started();
                Feed feed = new Feed(RECORDING, kafka);
                FigureTopics figures = new FigureTopics(kafka, FigureJob.DELIVERIES.keySet())) {
            FigureJob figureJob = new FigureJob(RECORDING, kafka, directory);
            feed.next(FigureJob.BEFORE_SALES);
            for (int kill = 0; kill < PARALLELISMS.length; kill++) {
                int reserve = feed.left() * (PARALLELISMS.length - kill) / (PARALLELISMS.length - kill + 1);
                int moment = 20 + random.nextInt(300);
                int seen = figures.seen();
                try (JobProcess job = figureJob.start(PARALLELISMS[kill])) {
                    FigureJob.underLoad(job, feed, reserve, figures, seen + moment);
                }
                System.out.printf(
                        "seed %d: kill %d at parallelism %d, %d figures seen since the last, %d messages to go%n",
                        seed, kill + 1, PARALLELISMS[kill], figures.seen() - seen, feed.left());
            }
            feed.all();
            try (JobProcess job = figureJob.start(2)) {
                await().pollInSameThread().atMost(FigureJob.PATIENCE).untilAsserted(() -> {
                    job.assertAlive();
                    figures.poll();
                    for (RecordedAggregates aggregate : FigureJob.DELIVERIES.keySet()) {
                        figures.assertAreTruth(aggregate, RECORDING);
                    }
                    assertThat(feed.isInCheckpoint()).isTrue();
                });
            }
            FigureJob.DELIVERIES.forEach((aggregate, delivery) -> {
                if (delivery.equals(FigureJob.EXACTLY_ONCE)) {
                    figures.assertNothingWasSentTwice(aggregate);
                }
            });
        }
    }
}
