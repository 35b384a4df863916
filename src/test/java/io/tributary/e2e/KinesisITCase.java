package io.tributary.e2e;

import io.tributary.local.job.JobSettings;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.StreamLoader;
import io.tributary.local.stack.LocalKinesis;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded topics through Kinesis, registry and job: the lake equals the database. */
class KinesisITCase {
    private static LocalKinesis kinesis;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        LocalKinesis.missing().ifPresent(Assumptions::abort);
        kinesis = LocalKinesis.started();
    }

    @AfterAll
    static void stop() {
        if (kinesis != null) {
            kinesis.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"raw-confluent4-contentid, polling", "unwrap-apicurio8, efo"})
    void everyRecordingBecomesTheDatabase(String name, String reader) {
        Recording recording = Recording.bundled(name);
        String arn = kinesis.createStream(name, 2);
        StreamLoader loader = new StreamLoader(recording, kinesis, name);
        int messages = loader.left();
        loader.next(messages / 3);
        kinesis.split(name, kinesis.openShards(name).get(0));
        loader.nextAggregated(messages / 3, 20);
        kinesis.merge(
                name, kinesis.openShards(name).get(1), kinesis.openShards(name).get(2));
        loader.next(loader.left());
        Lake lake = Lake.local(directory);
        Run run = Run.of(settings(recording, arn, lake, reader).load(), 2);
        run.assertBalanced(messages);
        lake.assertIsTruth(recording);
    }

    private static JobSettings settings(Recording recording, String arn, Lake lake, String reader) {
        JobSettings settings = JobSettings.of(kinesis, Servers.registry(recording), arn, lake.path())
                .set("Source.bounded", "true")
                .set("Source.reader.type", reader);
        for (String table : recording.tables()) {
            settings.set(
                    "Table." + table + ".key",
                    ExpectedTable.after(recording, table).keyColumn());
        }
        return reader.equals("efo") ? settings.set("Source.consumer.name", "tributary") : settings;
    }
}
