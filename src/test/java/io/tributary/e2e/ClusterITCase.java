package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.tributary.debezium.Decoding;
import io.tributary.local.cluster.FlinkCli;
import io.tributary.local.cluster.FlinkRest;
import io.tributary.local.cluster.LocalCluster;
import io.tributary.local.job.JobSettings;
import io.tributary.local.recording.Moment;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalMetastore;
import io.tributary.local.stack.LocalS3;
import io.tributary.metrics.MetricNames;
import io.tributary.packaging.FatJar;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fat jar on a stock Flink cluster: JobManager and TaskManagers in JVMs of their own, child-first class loading.
 * Whatever is killed, the lake equals the database.
 */
class ClusterITCase {
    private static final Recording RECORDING = Recording.bundled("raw-headers-default");
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int TASK_MANAGERS = 2;
    /** Soft references go at each collection, not only when memory is short: what then stays loaded is a leak. */
    private static final String JVM = "-XX:TieredStopAtLevel=1 -XX:SoftRefLRUPolicyMSPerMB=0";

    private static final String GROUP = "tributary";
    private static final String RECORDS_READ = "." + MetricNames.GROUP + "." + MetricNames.RECORDS_READ;
    private static final String DECODER_INPUT = Decoding.UID + ".numRecordsIn";

    private static LocalCluster cluster;
    private static FlinkRest flink;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        cluster = LocalCluster.started(
                Path.of("target/cluster-it"),
                TASK_MANAGERS,
                Map.of(
                        "env.java.opts.jobmanager", JVM,
                        "env.java.opts.taskmanager", JVM,
                        "execution.checkpointing.interval", "1 s",
                        "metrics.fetcher.update-interval", "100 ms",
                        "restart-strategy.type", "fixed-delay",
                        "restart-strategy.fixed-delay.attempts", "200",
                        "restart-strategy.fixed-delay.delay", "500 ms"));
        flink = cluster.rest();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void theRestApiRunsTheJar() throws Exception {
        Lake lake = Lake.local(directory);
        try (LocalMetastore metastore = LocalMetastore.started()) {
            Path config = bounded(lake)
                    .set("Catalog.type", "hive")
                    .set("Catalog.uris", metastore.uri())
                    .set("Catalog.table.name", "schema-table")
                    .writeTo(directory.resolve("job.json"));
            long start = System.currentTimeMillis();
            String job = run(config, 2, null);
            flink.awaitTasks(job, TIMEOUT);
            report("REST submission to all tasks running", start);
            flink.awaitState(job, "FINISHED", TIMEOUT);
            report("REST submission to finished", start);
            // the coordinator finishes it after the tasks
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(metastore.partitions("lake"))
                            .containsOnlyKeys(
                                    "ecomm_date",
                                    "ecomm_listing",
                                    "ecomm_sale",
                                    "ems_category",
                                    "ems_event",
                                    "ems_venue")
                            .containsEntry("ecomm_sale", List.of("__table=sale")));
        }
        assertExact(lake);
    }

    @Test
    void flinkRunRunsTheJarAndTheLakeMayBeOnS3() throws Exception {
        LocalS3 s3 = Servers.s3();
        s3.createBucket("cluster");
        Lake lake = new Lake("s3://cluster/lake", s3.s3aSettings());
        Path config = bounded(lake).setAll(s3.hadoopOptions()).writeTo(directory.resolve("job.json"));
        long start = System.currentTimeMillis();
        String job = cluster.flink(
                        List.of("run", "-d", "-p", "2", FatJar.path().toString(), "--config", config.toString()))
                .jobId();
        report("flink run's own time", start);
        flink.awaitState(job, "FINISHED", TIMEOUT);
        report("flink run to finished, lake on S3", start);
        assertExact(lake);
    }

    @Test
    void flinkRunShowsWhatIsWrongInTheConfiguration() throws Exception {
        Path config = Files.writeString(directory.resolve("job.json"), "[]");
        FlinkCli.Result result = cluster.flink(
                List.of("run", FatJar.path().toString(), "--config", config.toString(), "--set", "Sourze.topics=sale"));
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains("Sourze").contains("Did you mean Source?");
    }

    @Test
    void aStoppedJobGoesOnFromItsSavepointWithMoreAndMoreSubtasks() throws Exception {
        try (LocalKafka kafka = LocalKafka.started()) {
            Lake lake = Lake.local(directory);
            Path config = unbounded(kafka, lake).writeTo(directory.resolve("job.json"));
            RecordingLoader loader = new RecordingLoader(RECORDING, kafka);
            loader.loadTo(Moment.AFTER_SNAPSHOT);
            String job = run(config, 1, null);
            flink.awaitCheckpoint(job, 0, TIMEOUT);
            CompletableFuture<?> changes = CompletableFuture.runAsync(() -> loader.loadTo(Moment.BEFORE_TRUNCATE));
            String first = flink.stopWithSavepoint(job);
            changes.join();
            job = run(config, 2, first);
            flink.awaitCheckpoint(job, 0, TIMEOUT);
            changes = CompletableFuture.runAsync(loader::loadAll);
            String second = flink.stopWithSavepoint(job);
            changes.join();
            job = run(config, 4, second);
            awaitAllRead(kafka, Moment.FINAL);
            flink.stopWithSavepoint(job);
            assertExact(lake);
        }
    }

    @Test
    void aCancelledJobGoesOnFromItsRetainedCheckpoint() throws Exception {
        try (LocalKafka kafka = LocalKafka.started()) {
            Lake lake = Lake.local(directory);
            Path config = unbounded(kafka, lake).writeTo(directory.resolve("job.json"));
            RecordingLoader loader = new RecordingLoader(RECORDING, kafka);
            loader.loadTo(Moment.AFTER_SNAPSHOT);
            String job = run(config, 2, null);
            flink.awaitCheckpoint(job, 0, TIMEOUT);
            CompletableFuture<?> changes = CompletableFuture.runAsync(loader::loadAll);
            flink.cancel(job);
            changes.join();
            String checkpoint = cluster.newestCheckpoint(job);
            job = run(config, 2, checkpoint);
            awaitAllRead(kafka, Moment.FINAL);
            assertThat(Path.of(URI.create(flink.restoredFrom(job)))).isEqualTo(Path.of(URI.create(checkpoint)));
            flink.stopWithSavepoint(job);
            assertExact(lake);
        }
    }

    @Test
    void killedTaskManagersAreReplacedUnderLoad() throws Exception {
        try (LocalKafka kafka = LocalKafka.started()) {
            Lake lake = Lake.local(directory);
            RecordingLoader loader = new RecordingLoader(RECORDING, kafka);
            String job = run(unbounded(kafka, lake).writeTo(directory.resolve("job.json")), 4, null);
            flink.awaitCheckpoint(job, 0, TIMEOUT);
            List<Long> recoveryMs = new ArrayList<>();
            List<Long> readAgain = new ArrayList<>();
            for (Moment moment : Moment.values()) {
                long before = flink.metricSum(job, RECORDS_READ);
                CompletableFuture<?> changes = CompletableFuture.runAsync(() -> loader.loadTo(moment));
                await().atMost(TIMEOUT).until(() -> flink.metricSum(job, RECORDS_READ) > before);
                long read = flink.metricSum(job, RECORDS_READ);
                long killed = System.currentTimeMillis();
                cluster.killTaskManager();
                cluster.startTaskManager();
                flink.awaitCheckpoint(job, killed, TIMEOUT);
                recoveryMs.add(System.currentTimeMillis() - killed);
                assertThat(flink.lastRestart(job)).isGreaterThan(killed);
                changes.join();
                awaitAllRead(kafka, moment);
                await().atMost(TIMEOUT).until(() -> flink.metricSum(job, RECORDS_READ) == RECORDING.messages(moment));
                // The count goes on from the restored one; what came in since the restart does not.
                long restored = flink.metricSum(job, RECORDS_READ) - flink.metricSum(job, DECODER_INPUT);
                readAgain.add(read - restored);
            }
            flink.stopWithSavepoint(job);
            assertExact(lake);
            System.out.printf(
                    "TaskManager killed %d times: %.1f s to the next completed checkpoint, %d records read again (medians of %s ms, %s)%n",
                    recoveryMs.size(), median(recoveryMs) / 1e3, median(readAgain), recoveryMs, readAgain);
        }
    }

    @Test
    void jobsThatAreOverLeaveNoClassesBehind() throws Exception {
        LocalS3 s3 = Servers.s3();
        s3.createBucket("leftovers");
        for (int round = 0; round < 3; round++) {
            Lake lake = new Lake("s3://leftovers/lake-" + round, s3.s3aSettings());
            JobSettings settings = bounded(lake).setAll(s3.hadoopOptions());
            boolean cancelled = round % 2 == 1;
            settings.set("Source.bounded", Boolean.toString(!cancelled));
            String job = run(settings.writeTo(directory.resolve("job.json")), 4, null);
            if (cancelled) {
                flink.awaitCheckpoint(job, 0, TIMEOUT);
                flink.cancel(job);
            } else {
                flink.awaitState(job, "FINISHED", TIMEOUT);
            }
        }
        // Two, however many jobs there were: threads of the JDK (timer, process reaper) keep the loader of the one that
        // first made them, the former for ever, the latter for a minute.
        for (long process : cluster.processIds()) {
            await().atMost(TIMEOUT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> LoadedJobs.count(process), lessThanOrEqualTo(2));
        }
    }

    @Test
    void aKilledJobManagersJobIsSubmittedAgainFromItsNewestCheckpoint() throws Exception {
        try (LocalKafka kafka = LocalKafka.started()) {
            Lake lake = Lake.local(directory);
            Path config = unbounded(kafka, lake).writeTo(directory.resolve("job.json"));
            RecordingLoader loader = new RecordingLoader(RECORDING, kafka);
            loader.loadTo(Moment.BEFORE_TRUNCATE);
            String job = run(config, 2, null);
            flink.awaitCheckpoint(job, 0, TIMEOUT);
            loader.loadAll();
            cluster.killJobManager();
            long killed = System.currentTimeMillis();
            String checkpoint = cluster.newestCheckpoint(job);
            cluster.startJobManager();
            flink.awaitTaskManagers(TASK_MANAGERS, TIMEOUT);
            job = run(config, 2, checkpoint);
            flink.awaitCheckpoint(job, 0, TIMEOUT);
            report("JobManager killed to the first checkpoint of the job submitted again", killed);
            awaitAllRead(kafka, Moment.FINAL);
            flink.stopWithSavepoint(job);
            assertExact(lake);
        }
    }

    private static String run(Path config, int parallelism, String savepoint) {
        return flink.run(FatJar.path(), List.of("--config", config.toString()), parallelism, savepoint);
    }

    private static JobSettings bounded(Lake lake) {
        return Servers.bounded(Servers.loaded(RECORDING), RECORDING, RECORDING.topics(), lake)
                .set("Lake.buckets", "2");
    }

    private static JobSettings unbounded(LocalKafka kafka, Lake lake) {
        return JobSettings.of(kafka, Servers.registry(RECORDING), RECORDING.topics(), lake.path())
                .set("Source.group.id", GROUP)
                .set("Lake.buckets", "2");
    }

    /** Waits until a completed checkpoint covers all that is in the topics. */
    private static void awaitAllRead(LocalKafka kafka, Moment loaded) {
        try (Admin admin = kafka.admin()) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            RECORDING.ends(loaded).forEach((topic, ends) -> {
                for (int i = 0; i < ends.size(); i++) {
                    latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
                }
            });
            await().atMost(TIMEOUT).untilAsserted(() -> {
                Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(GROUP)
                        .partitionsToOffsetAndMetadata()
                        .get();
                Map<TopicPartition, ListOffsetsResultInfo> ends =
                        admin.listOffsets(latest).all().get();
                ends.forEach((partition, end) -> {
                    if (end.offset() > 0) {
                        assertThat(read).containsKey(partition);
                        assertThat(read.get(partition).offset())
                                .as("%s", partition)
                                .isEqualTo(end.offset());
                    }
                });
            });
        }
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static void assertExact(Lake lake) throws IOException {
        lake.assertIsTruth(RECORDING);
        lake.assertNoRecordMissing(RECORDING);
    }

    private static void report(String what, long start) {
        System.out.printf("%s: %.1f s%n", what, (System.currentTimeMillis() - start) / 1e3);
    }
}
