package io.tributary.local.cluster;

import io.tributary.local.stack.ServerProcess;
import io.tributary.local.stack.StackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A standalone session cluster of Flink, as its {@code start-cluster.sh} makes it: one JobManager and some TaskManagers,
 * each in a JVM of its own, on the jars of {@code target/stack/flink/lib} and nothing of this project. Each process can be
 * killed and replaced; all of them end with this JVM.
 */
public final class LocalCluster implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final String JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

    private final Path directory;
    private final ClusterConfig config;
    private final FlinkRest rest;
    private final List<ServerProcess> taskManagers = new ArrayList<>();
    private ServerProcess jobManager;
    private int started;

    private LocalCluster(Path directory, Map<String, String> settings) {
        this.directory = directory;
        this.config = ClusterConfig.create(directory, settings);
        this.rest = new FlinkRest(URI.create(config.restAddress()));
    }

    /**
     * Starts a cluster and waits until its TaskManagers have registered.
     *
     * @param directory for configuration, logs, checkpoints and savepoints; it stays
     * @param settings Flink's options on top of {@code flink-conf/config.yaml}
     */
    public static LocalCluster started(Path directory, int taskManagers, Map<String, String> settings) {
        LocalCluster cluster = new LocalCluster(directory.toAbsolutePath(), settings);
        try {
            cluster.startJobManager();
            for (int i = 0; i < taskManagers; i++) {
                cluster.startTaskManager();
            }
            cluster.rest.awaitTaskManagers(taskManagers, START_TIMEOUT);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Starts a JobManager on the cluster's address, where none runs, and waits until it answers. */
    public void startJobManager() {
        if (jobManager == null) {
            String name = "jobmanager-" + ++started;
            jobManager =
                    start(name, JOB_MANAGER, config.jobManagerJvmOptions(logFile(name)), config.jobManagerArguments());
            jobManager.awaitReady(URI.create(config.restAddress() + "/overview"), START_TIMEOUT);
        }
    }

    /** Starts one more TaskManager; it registers some seconds later. */
    public void startTaskManager() {
        String name = "taskmanager-" + ++started;
        taskManagers.add(start(
                name, TASK_MANAGER, config.taskManagerJvmOptions(logFile(name)), config.taskManagerArguments(name)));
    }

    /** Kills the TaskManager that was started first, as {@code kill -9} does. */
    public void killTaskManager() {
        taskManagers.remove(0).kill();
    }

    /** Kills the JobManager, as {@code kill -9} does. Its jobs are gone with it: nothing else knows them. */
    public void killJobManager() {
        jobManager.kill();
        jobManager = null;
    }

    /** @return the ids of the cluster's processes: the JobManager's, then the TaskManagers' */
    public List<Long> processIds() {
        List<Long> ids = new ArrayList<>();
        ids.add(jobManager.pid());
        taskManagers.forEach(taskManager -> ids.add(taskManager.pid()));
        return ids;
    }

    /**
     * @return the newest checkpoint of a job that is on disk, to start from
     * @throws IllegalStateException where there is none
     */
    public String newestCheckpoint(String job) {
        Path checkpoints = directory.resolve("checkpoints").resolve(job);
        try (Stream<Path> found = Files.list(checkpoints)) {
            return found.filter(checkpoint -> Files.exists(checkpoint.resolve("_metadata")))
                    .max(Comparator.comparingInt(LocalCluster::checkpointNumber))
                    .orElseThrow(() -> new IllegalStateException("No completed checkpoint in " + checkpoints))
                    .toUri()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the checkpoints of job " + job + " in " + checkpoints, e);
        }
    }

    private static int checkpointNumber(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    public FlinkRest rest() {
        return rest;
    }

    /** @return the address of the REST API and the web interface */
    public String address() {
        return config.restAddress();
    }

    /** @return the directory with {@code config.yaml}, for clients */
    public Path confDirectory() {
        return config.confDirectory();
    }

    /**
     * Runs Flink's own command line in a JVM of its own, on the cluster's jars and configuration.
     *
     * @param arguments as after {@code flink}, e.g. {@code run -d FILE}
     */
    public FlinkCli.Result flink(List<String> arguments) {
        return new FlinkCli(directory, config).run(arguments);
    }

    @Override
    public void close() {
        taskManagers.forEach(ServerProcess::stop);
        taskManagers.clear();
        if (jobManager != null) {
            jobManager.stop();
            jobManager = null;
        }
    }

    private ServerProcess start(String name, String mainClass, List<String> jvmOptions, List<String> arguments) {
        return ServerProcess.start(
                name,
                classPath(),
                mainClass,
                directory,
                Map.of("FLINK_CONF_DIR", confDirectory().toString()),
                jvmOptions,
                arguments);
    }

    private Path logFile(String name) {
        return directory.resolve(name + ".log");
    }

    /** @return the class path of every process of the cluster */
    static String classPath() {
        return StackFiles.find("flink/lib", "flink-runtime-*.jar").getParent() + "/*";
    }
}
