package io.tributary.local.cluster;

import io.tributary.local.stack.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Flink's command line, {@code flink}, in a JVM of its own on the cluster's jars. */
public final class FlinkCli {
    private static final String MAIN = "org.apache.flink.client.cli.CliFrontend";
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final Pattern JOB = Pattern.compile("JobID:? ([0-9a-f]{32})");
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Path directory;
    private final ClusterConfig config;

    FlinkCli(Path directory, ClusterConfig config) {
        this.directory = directory;
        this.config = config;
    }

    /** What a run has printed, both outputs together. */
    public record Result(int exitCode, String output) {
        /** @throws IllegalStateException where no job was submitted; with the whole output */
        public String jobId() {
            Matcher job = JOB.matcher(output);
            if (exitCode != 0 || !job.find()) {
                throw new IllegalStateException(
                        "flink has submitted no job, exit code " + exitCode + ". It printed:\n" + output);
            }
            return job.group(1);
        }
    }

    Result run(List<String> arguments) {
        String name = "client-" + RUNS.incrementAndGet();
        ServerProcess client = ServerProcess.start(
                name,
                LocalCluster.classPath(),
                MAIN,
                directory,
                Map.of("FLINK_CONF_DIR", config.confDirectory().toString()),
                config.clientJvmOptions(directory.resolve(name + ".log")),
                arguments);
        int exitCode = client.awaitExit(TIMEOUT);
        return new Result(exitCode, client.output());
    }

    /** As {@link #run}, in this process's directory and on its terminal. @return the exit code */
    int runHere(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(config.clientJvmOptions(directory.resolve("client.log")));
        command.addAll(List.of("-cp", LocalCluster.classPath(), MAIN));
        command.addAll(arguments);
        ProcessBuilder client = new ProcessBuilder(command).inheritIO();
        client.environment().put("FLINK_CONF_DIR", config.confDirectory().toString());
        return client.start().waitFor();
    }
}
