package io.tributary.local.replay;

import io.tributary.config.ConfigException;
import io.tributary.local.cli.Arguments;
import io.tributary.local.cli.Command;
import io.tributary.local.cli.ExitCode;
import io.tributary.local.cli.UsageException;
import io.tributary.local.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code bin/replay}: runs a recording and prints what became of every message. */
public final class ReplayCommand {
    private static final String USAGE = """
            usage: bin/replay RECORDING --lake DIR [--set Group.key=value]... [--parallelism N]
                              [--aggregates FILE] [--dead-letters FILE]
              RECORDING       a folder, or the name of a bundled recording
              DIR             where the tables are written: a directory, or s3a://bucket/path
              --set           a setting of the job, e.g. Lake.buckets=1; may be repeated
              --aggregates    writes the final figure of each group and window there, as JSON lines
              --dead-letters  writes the dead letters there, as JSON lines
            Exit code 0 only if input = applied + skipped + dead letters.""";

    private ReplayCommand() {}

    public static void main(String[] args) {
        System.exit(Command.run(USAGE, () -> run(args)));
    }

    private static int run(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(
                args, Set.of("lake", "set", "parallelism", "aggregates", "dead-letters"), Set.of("help"));
        if (arguments.has("help")) {
            System.out.println(USAGE);
            return ExitCode.OK;
        }
        Replay replay = new Replay(recording(arguments), arguments.required("lake"))
                .with(arguments.settings())
                .parallelism(parallelism(arguments));
        ReplayReport report;
        try {
            report = replay.run();
        } catch (ConfigException e) {
            throw new UsageException(e.getMessage());
        }
        write(arguments.value("dead-letters"), report.deadLetters());
        write(arguments.value("aggregates"), report.aggregates());
        return print(report);
    }

    private static int print(ReplayReport report) {
        System.out.print(report.balance());
        System.out.printf(
                Locale.ROOT,
                "%.1f s, peak heap %d MB%n",
                report.took().toMillis() / 1000.0,
                report.peakHeapBytes() >> 20);
        List<String> problems = report.balance().problems();
        problems.forEach(problem -> System.err.println("not balanced: " + problem));
        return problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Recording recording(Arguments arguments) {
        if (arguments.rest().size() != 1) {
            throw new UsageException("One recording is needed; bundled are " + Recording.bundledNames());
        }
        try {
            return Recording.of(arguments.rest().get(0));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static int parallelism(Arguments arguments) {
        String text = arguments.value("parallelism").orElse("2");
        if (!text.matches("[1-9]\\d{0,2}")) {
            throw new UsageException("--parallelism takes a number from 1 to 999, not " + text);
        }
        return Integer.parseInt(text);
    }

    private static void write(Optional<String> file, List<String> lines) throws IOException {
        if (file.isPresent()) {
            Path path = Path.of(file.get()).toAbsolutePath();
            Files.createDirectories(path.getParent());
            Files.write(path, lines);
        }
    }
}
