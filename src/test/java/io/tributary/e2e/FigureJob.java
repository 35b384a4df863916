package io.tributary.e2e;

import static org.awaitility.Awaitility.await;

import io.tributary.aggregate.FigureTopics;
import io.tributary.aggregate.RecordedAggregates;
import io.tributary.local.recording.Recording;
import io.tributary.local.stack.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The job with the recorded aggregates, two of which send exactly once, in a process that can be killed under load. */
final class FigureJob {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    static final String EXACTLY_ONCE = "exactly-once";
    static final Map<RecordedAggregates, String> DELIVERIES = new EnumMap<>(Map.of(
            RecordedAggregates.EVENT,
            EXACTLY_ONCE,
            RecordedAggregates.CATEGORY,
            EXACTLY_ONCE,
            RecordedAggregates.VENUE,
            "at-least-once",
            RecordedAggregates.DAY,
            "at-least-once"));
    /** Of the recorded messages the first are those of other tables. */
    static final int BEFORE_SALES = 3_000;

    private static final int PIECE = 40;

    private final Recording recording;
    private final LocalKafka kafka;
    private final Path directory;

    /** @param directory of lake, checkpoints and logs; the newest checkpoint there is the one to start from */
    FigureJob(Recording recording, LocalKafka kafka, Path directory) {
        this.recording = recording;
        this.kafka = kafka;
        this.directory = directory;
    }

    JobProcess start(int parallelism) throws Exception {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "Source.bootstrap.servers", kafka.bootstrapServers(),
                "Source.topic.pattern", "tickit.*",
                "Source.discovery.interval", "500 ms",
                "SchemaRegistry.url", Servers.registry(recording).url(),
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

    /** Feeds until more than so many figures are there; that many messages are kept for later. */
    static void underLoad(JobProcess job, Feed feed, int reserve, FigureTopics figures, int moment) {
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
}
