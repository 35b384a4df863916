package io.tributary.e2e;

import io.tributary.TributaryJob;
import io.tributary.lake.commit.HudiTables;
import io.tributary.lake.commit.LakeTablesProvider;
import io.tributary.local.job.JobSettings;
import io.tributary.local.job.LocalJob;
import io.tributary.local.stack.ParentGuard;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job in a JVM of its own, to be killed; its checkpoints stay. */
public final class JobProcess implements AutoCloseable {
    private static final String PARALLELISM = "e2e.parallelism";
    private static final String CHECKPOINTS = "e2e.checkpoints";
    private static final String RESTORE = "e2e.restore";
    private static final String HALT = "e2e.halt";
    private static final int LOG_TAIL = 6_000;

    private final Process process;
    private final Path log;

    private JobProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param directory for checkpoints and logs
     * @param restore a retained checkpoint; null to start without state
     * @param halt see {@link HaltingTables#parse}; null to run on
     * @param settings the job's, by {@code Group.key}
     */
    public static JobProcess start(
            Path directory, int parallelism, Path restore, String halt, Map<String, String> settings)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-D" + PARALLELISM + "=" + parallelism);
        command.add("-D" + CHECKPOINTS + "=" + directory.resolve("checkpoints").toUri());
        if (restore != null) {
            command.add("-D" + RESTORE + "=" + restore.toUri());
        }
        if (halt != null) {
            command.add("-D" + HALT + "=" + halt);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ParentGuard.class.getName(), JobProcess.class.getName()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        Path log = Files.createTempFile(directory, "job-", ".log");
        return new JobProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** @return the newest complete checkpoint of all lives that have used the directory */
    public static Optional<Path> newestCheckpoint(Path directory) throws IOException {
        Path checkpoints = directory.resolve("checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(checkpoints, 3, (file, attributes) -> file.endsWith("_metadata"))) {
            return files.max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .map(Path::getParent);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @return whether it has ended by itself within that time */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @return where it has ended */
    public int exitCode() {
        return process.exitValue();
    }

    /** @throws AssertionError with the end of its log where the process has ended by itself */
    public void assertAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("The job's process ended with " + process.exitValue() + ":\n" + logTail());
        }
    }

    public String logTail() {
        String text = log();
        return text.substring(Math.max(0, text.length() - LOG_TAIL));
    }

    /** @return all that it has printed: what ended it is not always the last, other threads end after it */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** @param name as {@code kill} takes it */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " failed with " + kill.exitValue());
        }
    }

    /** Kills it ({@code kill -9}) and waits until it is gone. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The life of that process. */
    public static void main(String[] args) throws Exception {
        JobSettings settings = new JobSettings();
        for (String arg : args) {
            settings.set(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
        }
        Configuration flink = LocalJob.defaults();
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, System.getProperty(CHECKPOINTS));
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        // Of a process that sleeps, the lease shall decide, and not Flink's own 50 s.
        flink.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(10));
        // For several aggregates with dimensions at parallelism 4.
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        Optional.ofNullable(System.getProperty(RESTORE))
                .ifPresent(path -> flink.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(Integer.getInteger(PARALLELISM), flink);
        LakeTablesProvider tables =
                System.getProperty(HALT) == null ? HudiTables::of : HaltingTables.parse(System.getProperty(HALT));
        TributaryJob.compose(env, settings.load(), tables);
        env.execute("job-process");
    }
}
