package io.tributary.local.cluster;

import io.tributary.local.cli.Arguments;
import io.tributary.local.cli.Command;
import io.tributary.local.cli.CommandException;
import io.tributary.local.cli.ExitCode;
import io.tributary.local.cli.UsageException;
import io.tributary.local.stack.StackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code bin/cluster}: a stock Flink cluster of processes on this machine, and the fat jar on it. */
public final class ClusterCommand {
    /** What the process that keeps the cluster alive is called with. */
    static final String HOLD = "hold";

    private static final String USAGE = """
            usage: bin/cluster start [--task-managers N]
                   bin/cluster run [JOB ARGUMENT]...
                   bin/cluster stop
              start   starts a JobManager and N TaskManagers (1 where nothing is said, 2 slots each) with
                      flink-conf/config.yaml, and prints the address of Flink's web interface
              run     submits the fat jar (mvn package) with flink run, e.g. run --config FILE
              stop    ends the cluster; checkpoints and logs stay in target/cluster""";

    private ClusterCommand() {}

    public static void main(String[] args) {
        System.exit(Command.run(USAGE, () -> run(args)));
    }

    private static int run(String[] args) throws IOException, InterruptedException {
        List<String> rest = args.length == 0 ? List.of() : Arrays.asList(args).subList(1, args.length);
        RunningCluster cluster = RunningCluster.ofBuild();
        switch (args.length == 0 ? "" : args[0]) {
            case "start" -> System.out.println("Flink's web interface: " + cluster.start(taskManagers(rest)));
            case HOLD -> new RunningCluster(Path.of(options(rest).required("directory"))).hold(taskManagers(rest));
            case "stop" -> System.out.println(cluster.stop() ? "The cluster is stopped." : "No cluster runs here.");
            case "run" -> {
                return cluster.run(fatJar(), rest);
            }
            case "--help" -> System.out.println(USAGE);
            default -> throw new UsageException("What to do is missing: start, run or stop");
        }
        return ExitCode.OK;
    }

    private static int taskManagers(List<String> arguments) {
        String text = options(arguments).value("task-managers").orElse("1");
        if (!text.matches("[1-9]\\d?")) {
            throw new UsageException("--task-managers takes a number from 1 to 99, not " + text);
        }
        return Integer.parseInt(text);
    }

    private static Arguments options(List<String> arguments) {
        return Arguments.parse(arguments.toArray(String[]::new), Set.of("task-managers", "directory"), Set.of());
    }

    private static Path fatJar() throws IOException {
        try (Stream<Path> files = Files.list(StackFiles.buildDirectory())) {
            return files.filter(file -> file.getFileName().toString().matches("tributary-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new CommandException("The fat jar is missing. Run: mvn -DskipTests package"));
        }
    }
}
