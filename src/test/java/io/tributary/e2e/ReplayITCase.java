package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.job.JobSettings;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.local.replay.Replay;
import io.tributary.local.replay.ReplayReport;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalS3;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded topics through Kafka, registry and job: the lake equals the database. */
class ReplayITCase {
    private static final String RAW = "raw-headers-default";

    /** Tombstones and schema-change events. */
    private static final long RAW_SKIPPED = 105 + 13;

    private static final long FLATTENED_SKIPPED = 13;

    @TempDir
    Path directory;

    static Stream<Recording> recordings() {
        return Recording.bundledNames().stream().map(Recording::bundled);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyRecordingBecomesTheDatabase(Recording recording) throws Exception {
        ReplayReport report = new Replay(recording, directory.toString()).run();
        System.out.printf(
                "%s: %s ms, peak heap %d MB%n%s",
                recording, report.took().toMillis(), report.peakHeapBytes() >> 20, report.balance());
        long input = messages(recording);
        long skipped = recording.name().startsWith("raw") ? RAW_SKIPPED : FLATTENED_SKIPPED;
        assertThat(report.balance().problems()).isEmpty();
        assertThat(report.balance().input()).isEqualTo(input);
        assertThat(report.balance().skippedTotal()).isEqualTo(skipped);
        assertThat(report.balance().applied()).isEqualTo(input - skipped);
        assertThat(report.deadLetters()).isEmpty();
        Lake lake = Lake.local(directory);
        lake.assertIsTruth(recording);
        lake.assertNoRecordMissing(recording);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void theParallelismMakesNoDifference(int parallelism) throws Exception {
        Recording recording = Recording.bundled(RAW);
        Lake lake = Lake.local(directory);
        Run run = Run.of(settings(Servers.loaded(recording), recording, lake).load(), parallelism);
        run.assertBalanced(messages(recording));
        lake.assertIsTruth(recording);
        lake.assertNoRecordMissing(recording);
    }

    @ParameterizedTest
    @ValueSource(strings = {RAW, "unwrap-apicurio8"})
    void aSecondReplayWithoutStateAndAProducerThatStartsOverChangeNothing(String name) throws Exception {
        Recording recording = Recording.bundled(name);
        Lake lake = Lake.local(directory);
        Run.of(settings(Servers.loaded(recording), recording, lake).load(), 2).assertBalanced(messages(recording));
        Run.of(settings(Servers.loaded(recording), recording, lake).load(), 2).assertBalanced(messages(recording));
        lake.assertIsTruth(recording);
        lake.assertNoRecordMissing(recording);
        try (LocalKafka kafka = LocalKafka.started()) {
            RecordingLoader loader = new RecordingLoader(recording, kafka);
            loader.loadAll();
            loader.loadAgain();
            Run.of(settings(kafka, recording, lake).load(), 2).assertBalanced(2 * messages(recording));
        }
        lake.assertIsTruth(recording);
        lake.assertNoRecordMissing(recording);
    }

    @ParameterizedTest
    @CsvSource({RAW + ", s3://replay-raw/lake", "unwrap-headers-default, s3a://replay-unwrap/lake"})
    void s3HoldsTheSameLake(String name, String path) throws Exception {
        Recording recording = Recording.bundled(name);
        LocalS3 s3 = Servers.s3();
        s3.createBucket(path.replaceFirst("^s3a?://", "").replaceFirst("/.*", ""));
        Lake lake = new Lake(path, s3.s3aSettings());
        JobSettings settings =
                settings(Servers.loaded(recording), recording, lake).setAll(s3.hadoopOptions());
        long start = System.nanoTime();
        Run.of(settings.load(), 2).assertBalanced(messages(recording));
        System.out.printf("%s to %s: %d ms%n", recording, path, (System.nanoTime() - start) / 1_000_000);
        lake.assertIsTruth(recording);
        lake.assertNoRecordMissing(recording);
    }

    @Test
    void hardDeletesLeaveTheLiveRowsOnly() throws Exception {
        Recording recording = Recording.bundled(RAW);
        Lake lake = Lake.local(directory);
        Run.of(
                        settings(Servers.loaded(recording), recording, lake)
                                .set("Lake.delete.mode", "hard")
                                .load(),
                        2)
                .assertBalanced(messages(recording));
        lake.assertIsTruth(recording);
        for (String table : recording.tables()) {
            assertThat(lake.stored(table).rows()).as(table).noneMatch(row -> row.deleted());
        }
    }

    @Test
    void topicsAreFoundByTheirPattern() {
        Recording recording = Recording.bundled(RAW);
        Lake lake = Lake.local(directory);
        JobSettings settings = settings(Servers.loaded(recording), recording, lake)
                .setAll(Map.of("Source.topics", "", "Source.topic.pattern", "tickit\\.ems\\..*", "Lake.buckets", "1"));
        Run.of(settings.load(), 2);
        assertThat(lake.tables()).containsExactly("tickit.ems.category", "tickit.ems.event", "tickit.ems.venue");
        lake.tables().forEach(table -> lake.assertIsTruth(recording, table));
    }

    private static JobSettings settings(LocalKafka kafka, Recording recording, Lake lake) {
        return Servers.bounded(kafka, recording, recording.topics(), lake);
    }

    private static long messages(Recording recording) {
        return recording.topics().stream()
                .mapToLong(topic -> recording.messages(topic).size())
                .sum();
    }
}
