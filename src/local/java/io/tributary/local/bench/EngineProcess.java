package io.tributary.local.bench;

import io.tributary.lake.fs.ForklessLocalFileSystem;
import io.tributary.local.cli.CommandException;
import io.tributary.local.stack.ServerProcess;
import io.tributary.local.stack.StackFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The process of one run. Both engines get the same JVM, the same heap, and the same file system that does not fork. */
final class EngineProcess {
    private static final Duration TIMEOUT = Duration.ofMinutes(20);

    private final RunSpec spec;
    private final ServerProcess process;

    private EngineProcess(RunSpec spec, ServerProcess process) {
        this.spec = spec;
        this.process = process;
    }

    /**
     * @param directory of this run alone
     * @param heapMb the heap's limit
     * @param fileDelayMs see {@link DistantFileSystem}
     * @param jvmOptions more of them, e.g. to record a profile
     */
    static EngineProcess start(RunSpec spec, Path directory, int heapMb, int fileDelayMs, List<String> jvmOptions) {
        try {
            Files.createDirectories(directory.resolve("conf"));
            // Hadoop's local file system without native libraries starts a chmod for each file: S3 has no such cost.
            Files.writeString(
                    directory.resolve("conf/core-site.xml"),
                    "<configuration><property><name>fs.file.impl</name><value>"
                            + fileSystem(fileDelayMs).getName() + "</value></property></configuration>\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare a run in " + directory, e);
        }
        Path specFile = directory.resolve("spec.json");
        spec.write(specFile);
        List<String> options = new ArrayList<>();
        options.add("@" + StackFiles.buildDirectory().resolve("test-classes/jvm.options"));
        options.add("-Xmx" + heapMb + "m");
        options.add("-D" + DistantFileSystem.DELAY + "=" + fileDelayMs);
        options.add("-XX:+UseParallelGC");
        options.add("-Dlog4j2.configurationFile=log4j2-command.properties");
        options.add("-Dtributary.log=" + directory.resolve("job.log"));
        options.addAll(jvmOptions);
        return new EngineProcess(
                spec,
                ServerProcess.start(
                        "run",
                        classPath(spec.engine(), directory),
                        EngineRun.class.getName(),
                        directory,
                        Map.of(),
                        options,
                        List.of(specFile.toString())));
    }

    static Class<?> fileSystem(int fileDelayMs) {
        return fileDelayMs == 0 ? ForklessLocalFileSystem.class : DistantFileSystem.class;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks a run without bounds to end; {@link #await()} waits for that. */
    void askToStop() {
        try {
            Files.createFile(Path.of(spec.stop()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot stop a run with " + spec.stop(), e);
        }
    }

    /** Ends it, where it runs, without its figures. */
    void kill() {
        if (process.isAlive()) {
            process.kill();
        }
    }

    /** Waits for the end. */
    RunFigures await() {
        if (process.awaitExit(TIMEOUT) != 0) {
            throw new CommandException("The run of " + spec.engine() + " failed: "
                    + process.output().strip() + "\nIts log is in "
                    + Path.of(spec.figures()).resolveSibling("job.log"));
        }
        return RunFigures.read(Path.of(spec.figures()));
    }

    private static String classPath(Engine engine, Path directory) {
        List<String> entries = new ArrayList<>();
        entries.add(directory.resolve("conf").toString());
        entries.add(System.getProperty("java.class.path"));
        if (engine == Engine.FLINK_SQL) {
            entries.add(StackFiles.find("flink/lib", "flink-table-planner-loader-*.jar")
                    .toString());
            entries.add(StackFiles.find("bench", "flink-sql-avro-confluent-registry-*.jar")
                    .toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
