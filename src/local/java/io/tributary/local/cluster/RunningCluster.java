package io.tributary.local.cluster;

import io.tributary.local.cli.CommandException;
import io.tributary.local.stack.StackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The cluster of {@code bin/cluster}: it lives in a process of its own, the holder, whose id is in a file of the cluster's
 * directory, so that later commands find it.
 */
final class RunningCluster {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final long STOP_SECONDS = 30;

    private final Path directory;

    RunningCluster(Path directory) {
        this.directory = directory;
    }

    /** @return the cluster of this working copy, {@code target/cluster} */
    static RunningCluster ofBuild() {
        return new RunningCluster(StackFiles.buildDirectory().resolve("cluster"));
    }

    /** Starts the holder and waits for its cluster. @return the address of Flink's web interface */
    String start(int taskManagers) throws IOException, InterruptedException {
        if (holder().isPresent()) {
            throw new CommandException("A cluster runs already: " + address() + ". End it with bin/cluster stop.");
        }
        Files.createDirectories(directory);
        Files.deleteIfExists(addressFile());
        Process started = new ProcessBuilder(holderCommand(taskManagers))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(holderLog().toFile())
                .start();
        Files.writeString(holderFile(), started.pid() + " " + startOf(started.toHandle()));
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!Files.exists(addressFile())) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                started.destroy();
                Files.deleteIfExists(holderFile());
                throw new CommandException(
                        "The cluster does not start; " + holderLog() + " says:\n" + Files.readString(holderLog()));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return address();
    }

    /** Starts the cluster in this process, and holds it until the process is ended. */
    void hold(int taskManagers) throws IOException, InterruptedException {
        try (LocalCluster cluster = LocalCluster.started(directory, taskManagers, Map.of())) {
            Path ready = Files.writeString(directory.resolve("address.new"), cluster.address());
            Files.move(ready, addressFile());
            Thread.currentThread().join();
        }
    }

    /** Ends the holder, and with it the cluster. @return whether there was one */
    boolean stop() throws IOException, InterruptedException {
        Optional<ProcessHandle> running = holder();
        if (running.isPresent()) {
            running.get().destroy();
            try {
                running.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                running.get().destroyForcibly();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        Files.deleteIfExists(holderFile());
        Files.deleteIfExists(addressFile());
        return running.isPresent();
    }

    /**
     * Submits a jar with {@code flink run}, in this directory and on this terminal.
     *
     * @return the client's exit code
     */
    int run(Path jar, List<String> arguments) throws IOException, InterruptedException {
        if (holder().isEmpty()) {
            throw new CommandException("No cluster runs here. Start one with bin/cluster start.");
        }
        List<String> flink = new ArrayList<>(List.of("run", "-d", jar.toString()));
        flink.addAll(arguments);
        return new FlinkCli(directory, ClusterConfig.of(directory)).runHere(flink);
    }

    /** @return the address of Flink's web interface */
    String address() {
        try {
            return Files.readString(addressFile());
        } catch (IOException e) {
            throw new UncheckedIOException("The cluster has not said where it is (" + addressFile() + ")", e);
        }
    }

    /** The process whose id is in the file, unless the id is another process's by now. */
    private Optional<ProcessHandle> holder() throws IOException {
        if (!Files.exists(holderFile())) {
            return Optional.empty();
        }
        String[] known = Files.readString(holderFile()).trim().split(" ");
        return ProcessHandle.of(Long.parseLong(known[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process).equals(known[1]));
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("unknown");
    }

    private List<String> holderCommand(int taskManagers) {
        ProcessHandle.Info self = ProcessHandle.current().info();
        return List.of(
                self.command().orElse("java"),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ClusterCommand.class.getName(),
                ClusterCommand.HOLD,
                "--directory",
                directory.toString(),
                "--task-managers",
                Integer.toString(taskManagers));
    }

    private Path holderFile() {
        return directory.resolve("holder");
    }

    private Path holderLog() {
        return directory.resolve("holder.log");
    }

    private Path addressFile() {
        return directory.resolve("address");
    }
}
