package io.tributary.chaos;

import static org.awaitility.Awaitility.await;

import io.tributary.chaos.FaultyProxy.Trouble;
import io.tributary.e2e.JobProcess;
import io.tributary.local.cli.CommandException;
import io.tributary.local.job.JobSettings;
import io.tributary.local.job.LocalJob;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.local.replay.TopicReader;
import io.tributary.metrics.MetricNames;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;

/** One history, sent piece by piece to a running job, with a fault after each piece; then the job may catch up. */
final class ChaosRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long CALL_SECONDS = 60;
    private static final int TASK_MANAGERS = 2;
    /** The exit code of a process that was halted on purpose. */
    private static final int HALTED = 99;

    private static final int LONGEST_WAIT_MS = 400;
    private static final Duration LONGEST_TROUBLE = Duration.ofSeconds(5);

    private final ChaosStack stack;
    private final History history;
    private final FaultPlan plan;
    private final Path directory;
    private final Random random;
    private final List<RawRecord> left;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    private final List<String> happened = new ArrayList<>();
    private int parallelism;
    private int lives;
    private boolean countsAreWhole = true;
    private int taskManagersEnded;
    private LocalJob job;

    ChaosRun(ChaosStack stack, History history, FaultPlan plan, Path directory) {
        this.stack = stack;
        this.history = history;
        this.plan = plan;
        this.directory = directory;
        this.random = new Random(history.seed());
        this.parallelism = 1 + random.nextInt(3);
        this.left = framed();
        this.admin = stack.kafka().admin();
        this.producer = RecordingLoader.producer(stack.kafka().bootstrapServers());
        history.topics().forEach((topic, count) -> {
            stack.kafka().createTopic(topic, count);
            for (int partition = 0; partition < count; partition++) {
                partitions.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        });
    }

    private List<RawRecord> framed() {
        List<RawRecord> framed = new ArrayList<>();
        for (Message message : history.messages()) {
            WireFormat wire = plan.wire() == null ? WireFormat.random(random) : plan.wire();
            framed.add(wire.framed(message, stack.registrar()));
        }
        return framed;
    }

    /** @return what was done to the job, in order */
    List<String> happened() {
        return happened;
    }

    /** @return what is wrong in the end; empty where nothing is */
    List<String> run() throws Exception {
        List<Fault> faults = new ArrayList<>(plan.faults());
        int piece = left.size() / (faults.size() + 1);
        while (!faults.isEmpty() && faults.get(0).isOfProcess()) {
            processLife(faults.remove(0), piece);
        }
        Optional<Path> checkpoint = JobProcess.newestCheckpoint(directory);
        if (checkpoint.isEmpty()) {
            lives++;
        }
        start(checkpoint.map(path -> path.toUri().toString()).orElse(null));
        for (Fault fault : faults) {
            send(piece);
            await().atMost(PATIENCE).until(() -> job.metrics().sum(MetricNames.RECORDS_READ) > 0);
            waitALittle();
            inject(fault);
        }
        send(left.size());
        calm();
        awaitCommitted();
        Invariants invariants = new Invariants(history, lakePath(), hadoop());
        List<String> figures = awaitFigures();
        List<String> problems = new ArrayList<>(invariants.problems());
        problems.addAll(figures);
        problems.addAll(balance());
        end();
        problems.addAll(invariants.orphanLeases());
        return problems;
    }

    /** A life of the job in a process of its own, which does not end well. */
    private void processLife(Fault fault, int piece) throws Exception {
        boolean crash = fault == Fault.CRASH_BEFORE_COMMIT;
        String halt = crash ? "COMMIT:" + random.nextInt(12) : null;
        Path checkpoint = JobProcess.newestCheckpoint(directory).orElse(null);
        send(piece / 2);
        createFigureTopics();
        long moment = 1 + random.nextInt(60);
        try (JobProcess process = JobProcess.start(
                directory, parallelism, checkpoint, halt, settings().asMap())) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                if (crash) {
                    // More and more commits, however much one of them takes in, until it is the one.
                    if (lakeFiles() > 0) {
                        send(1 + piece / 100);
                    }
                    return !process.isAlive() || left.isEmpty();
                }
                process.assertAlive();
                return lakeFiles() > moment;
            });
            if (crash) {
                happened.add(fault + " " + halt + (process.awaitEnd(LONGEST_TROUBLE) ? "" : ", killed before"));
                if (!process.isAlive() && process.exitCode() != HALTED) {
                    throw new AssertionError("the job's process ended with " + process.exitCode() + " before " + halt
                            + ":\n" + process.logTail());
                }
            } else {
                send(piece / 2);
                waitALittle();
                happened.add(fault + " after " + lakeFiles() + " files");
            }
        }
        countsAreWhole = false;
    }

    private long lakeFiles() throws IOException {
        Path lake = directory.resolve("lake");
        if (!Files.isDirectory(lake)) {
            return 0;
        }
        try (var files = Files.walk(lake)) {
            return files.count();
        } catch (java.io.UncheckedIOException vanished) {
            return 0;
        }
    }

    private void inject(Fault fault) throws Exception {
        long before = troubled();
        switch (fault) {
            case TASK_MANAGER_KILL -> killTaskManager();
            case RESCALE -> rescale();
            case START_WITHOUT_STATE -> {
                end();
                lives++;
                start(null);
            }
            case BROKER_RESTART -> {
                stack.kafka().stop();
                stack.kafka().start();
            }
            case REGISTRY_OUTAGE -> {
                stack.registryProxy().make(Trouble.DOWN);
                // Decoders are forgotten: the schemas have to be asked for again.
                killTaskManager();
                sendUntilStruck(before);
            }
            case FULL_DISK -> {
                FullDisk.setFull(true);
                sendUntilStruck(before);
            }
            case FAILED_COMMITS -> {
                FlakyTables.setFlaky(true);
                sendUntilStruck(before);
            }
            default -> {
                stack.s3Proxy().make(fault.trouble());
                sendUntilStruck(before);
            }
        }
        calm();
        long struck = troubled() - before;
        happened.add(struck == 0 ? fault.toString() : fault + " x" + struck);
    }

    /** Sends a part of what is left, and waits until the fault has met somebody; there may be nothing left to send. */
    private void sendUntilStruck(long before) throws Exception {
        for (int pieces = 3; pieces > 0; pieces--) {
            send(left.size() / (pieces + 1));
            waitALittle();
        }
        try {
            await().atMost(LONGEST_TROUBLE).until(() -> troubled() > before);
        } catch (ConditionTimeoutException nobody) {
            return;
        }
        waitALittle();
    }

    private long troubled() {
        return stack.registryProxy().troubled()
                + (plan.onS3() ? stack.s3Proxy().troubled() : 0)
                + FullDisk.refused()
                + FlakyTables.failed();
    }

    private void calm() {
        FullDisk.setFull(false);
        FlakyTables.setFlaky(false);
        stack.registryProxy().make(Trouble.NONE);
        if (plan.onS3()) {
            stack.s3Proxy().make(Trouble.NONE);
        }
    }

    private void killTaskManager() throws Exception {
        int victim = taskManagersEnded++;
        job.cluster().terminateTaskManager(victim).get(CALL_SECONDS, TimeUnit.SECONDS);
        job.cluster().startTaskManager();
    }

    private void rescale() throws Exception {
        String savepoint = null;
        for (int attempt = 0; savepoint == null && attempt < 100; attempt++) {
            try {
                savepoint = job.cluster()
                        .stopWithSavepoint(
                                job.id(),
                                directory.resolve("savepoints").toUri().toString(),
                                false,
                                SavepointFormatType.CANONICAL)
                        .get(CALL_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException notNow) {
                // The job is restarting, or a checkpoint before has failed it.
                waitALittle();
            }
        }
        if (savepoint == null) {
            throw new IllegalStateException("The job cannot be stopped with a savepoint; it is " + job.status());
        }
        await().atMost(PATIENCE).until(job::isDone);
        end();
        parallelism = 1 + random.nextInt(3);
        countsAreWhole = false;
        start(savepoint);
    }

    private void start(String restore) {
        Configuration flink = new Configuration();
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(250));
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                FullDisk.SCHEME + "://" + directory.resolve("in-process-checkpoints"));
        flink.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ZERO);
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10_000);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
        if (!plan.faults().get(0).isOfProcess()) {
            // State by many key groups takes longer to write than to make.
            flink.set(PipelineOptions.MAX_PARALLELISM, 8);
        }
        if (restore != null) {
            flink.set(StateRecoveryOptions.SAVEPOINT_PATH, restore);
        }
        createFigureTopics();
        job = LocalJob.start(settings().load(), flink, parallelism, TASK_MANAGERS, new FlakyTables());
        taskManagersEnded = 0;
    }

    private JobSettings settings() {
        String prefix = history.server();
        JobSettings settings = new JobSettings()
                .set("Source.bootstrap.servers", stack.kafka().bootstrapServers())
                .set("Source.topics", String.join(",", history.topics().keySet()))
                .set("Source.group.id", prefix)
                .set("SchemaRegistry.url", stack.registryProxy().url())
                .set("SchemaRegistry.id.kind", WireFormat.idKind(plan.wire()))
                .set("SchemaRegistry.retry.attempts", "3")
                .set("SchemaRegistry.retry.delay", "20 ms")
                .set("Lake.path", lakePath())
                .set("Lake.buckets", Integer.toString(plan.buckets()))
                .set("DeadLetter.max.ratio", "1");
        hadoop().forEach((key, value) -> settings.set("Lake.hadoop." + key, value));
        if (plan.keyMemory() != null) {
            settings.set("Lake.key.filter.memory", plan.keyMemory())
                    .set("Table." + history.table("event").fullName() + ".partition", "catid");
        }
        aggregate(settings, "total").set("Aggregate.total.window", "total").set("Aggregate.total.group.by", "eventid");
        aggregate(settings, "hourly")
                .set("Aggregate.hourly.window", "tumbling")
                .set("Aggregate.hourly.window.size", "1 h")
                .set("Aggregate.hourly.time", "saletime")
                .set("Aggregate.hourly.retention", "3650 d")
                .set("Aggregate.hourly.group.by", "event.catid")
                .set("Aggregate.hourly.dimension.event", history.table("event").fullName() + " on eventid")
                .set("Aggregate.hourly.dimension.wait", "100 ms")
                .set("Aggregate.hourly.delivery", "exactly-once");
        return settings;
    }

    private JobSettings aggregate(JobSettings settings, String name) {
        return settings.set(
                        "Aggregate." + name + ".table", history.table("sale").fullName())
                .set("Aggregate." + name + ".amount", "pricepaid")
                .set("Aggregate." + name + ".emit.interval", "50 ms")
                .set("Aggregate." + name + ".output", figureTopic(name));
    }

    /** A life without state counts from the beginning, and knows nothing of what an earlier one has sent: into topics of its own. */
    private String figureTopic(String aggregate) {
        return history.server() + "-" + aggregate + "-" + lives;
    }

    /** Those of this life; the broker makes none by itself. */
    private void createFigureTopics() {
        List.of("total", "hourly").forEach(aggregate -> stack.kafka().createTopic(figureTopic(aggregate), 1));
    }

    private String lakePath() {
        return plan.onS3()
                ? "s3a://" + stack.bucket() + "/" + history.server()
                : directory.resolve("lake").toUri().toString();
    }

    private Map<String, String> hadoop() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (plan.onS3()) {
            settings.putAll(stack.s3().s3aSettings());
            settings.put("fs.s3a.endpoint", stack.s3Proxy().url());
            settings.put("fs.s3a.attempts.maximum", "2");
            settings.put("fs.s3a.connection.timeout", Long.toString(FaultyProxy.TIMEOUT_MS));
            settings.put("fs.s3a.retry.limit", "3");
            settings.put("fs.s3a.retry.interval", "30ms");
            settings.put("fs.s3a.retry.throttle.limit", "3");
            settings.put("fs.s3a.retry.throttle.interval", "30ms");
        }
        return settings;
    }

    private void send(int count) throws Exception {
        List<RawRecord> piece = left.subList(0, Math.min(count, left.size()));
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        piece.forEach(record -> sent.add(producer.send(RecordingLoader.record(record))));
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            one.get(CALL_SECONDS, TimeUnit.SECONDS);
        }
        piece.clear();
    }

    /** The moments of the faults are part of the chaos. */
    private void waitALittle() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MS));
    }

    private void awaitCommitted() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(150)).until(() -> {
            if (job.isDone()) {
                throw new AssertionError("the job ended " + job.status());
            }
            return isInCheckpoint() && job.metrics().sum(MetricNames.BUFFERED_BYTES) == 0 && nothingIsPending();
        });
    }

    private boolean nothingIsPending() {
        try {
            return Invariants.tables(lakePath(), hadoop()).values().stream()
                    .allMatch(table -> table.pendingInstants().isEmpty());
        } catch (CommandException noLakeYet) {
            return false;
        }
    }

    /** @return whether a completed checkpoint of the job holds everything that was sent */
    private boolean isInCheckpoint() throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(history.server())
                    .partitionsToOffsetAndMetadata()
                    .get(CALL_SECONDS, TimeUnit.SECONDS);
            return admin.listOffsets(partitions).all().get(CALL_SECONDS, TimeUnit.SECONDS).entrySet().stream()
                    .allMatch(end -> end.getValue().offset() == 0
                            || committed.get(end.getKey()) != null
                                    && committed.get(end.getKey()).offset()
                                            >= end.getValue().offset());
        } catch (ExecutionException | TimeoutException notNow) {
            return false;
        }
    }

    private List<String> awaitFigures() {
        TruthFigures truth = new TruthFigures(history);
        Map<String, Map<String, String>> expected =
                Map.of(figureTopic("total"), truth.totals(), figureTopic("hourly"), truth.byCategoryAndHour());
        List<String> wrong = new ArrayList<>();
        try (TopicReader reader = new TopicReader(stack.kafka().bootstrapServers(), expected.keySet())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                reader.catchUp();
                wrong.clear();
                expected.forEach((topic, figures) -> {
                    Map<String, String> found = new TreeMap<>(TruthFigures.read(reader.values(topic)));
                    if (!found.equals(figures)) {
                        wrong.add(topic + ": " + firstDifference(figures, found));
                    }
                });
                return wrong.isEmpty();
            });
        } catch (ConditionTimeoutException stillWrong) {
            return wrong;
        }
        return wrong;
    }

    private static String firstDifference(Map<String, String> expected, Map<String, String> found) {
        TreeMap<String, String> all = new TreeMap<>(expected);
        all.putAll(found);
        return all.keySet().stream()
                .filter(key -> !Optional.ofNullable(expected.get(key)).equals(Optional.ofNullable(found.get(key))))
                .map(key -> key + " is " + expected.get(key) + " in the database, but the figure is " + found.get(key))
                .findFirst()
                .orElseThrow();
    }

    /** Every message became a change, a skip or a dead letter; every change is in a commit, as far as one life can tell. */
    private List<String> balance() {
        List<String> problems = new ArrayList<>();
        long read = job.metrics().sum(MetricNames.RECORDS_READ);
        long skipped = sum(job.metrics().sumsByPrefix(MetricNames.SKIPPED));
        long letters = sum(job.metrics().sumsByPrefix(MetricNames.DEAD_LETTERS));
        long changes = sum(job.metrics().sumsByPrefix(MetricNames.CHANGES));
        long applied = job.metrics().sum(MetricNames.APPLIED);
        if (read != history.messages().size()) {
            problems.add("of " + history.messages().size() + " messages " + read + " were read");
        }
        if (read != changes + skipped + letters) {
            problems.add(read + " messages were read, but there are " + changes + " changes, " + skipped
                    + " skipped and " + letters + " dead letters");
        }
        if (letters != history.poison()) {
            problems.add(history.poison() + " messages are of no format, but there are " + letters + " dead letters: "
                    + job.metrics().sumsByPrefix(MetricNames.DEAD_LETTERS));
        }
        if (countsAreWhole && applied != changes) {
            problems.add("of " + changes + " changes " + applied + " were applied");
        }
        return problems;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        calm();
        end();
        producer.close();
        admin.close();
    }

    private void end() {
        if (job != null) {
            job.close();
            job = null;
        }
    }
}
