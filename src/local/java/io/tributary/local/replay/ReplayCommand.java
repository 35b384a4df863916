package io.tributary.local.replay;

import io.tributary.TributaryJob;
import io.tributary.config.ConfigException;
import io.tributary.config.SourceOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.Reason;
import io.tributary.local.cli.Arguments;
import io.tributary.local.cli.Command;
import io.tributary.local.cli.ExitCode;
import io.tributary.local.cli.UsageException;
import io.tributary.local.recording.Recording;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;

/**
 * {@code bin/replay}: runs a recording and prints what became of every message; or sends dead letters in again and prints
 * which were sent.
 */
public final class ReplayCommand {
    private static final String USAGE = """
            usage: bin/replay RECORDING --lake DIR [--from-dead-letters DIR] [--set Group.key=value]... [--parallelism N]
                              [--aggregates FILE] [--dead-letters FILE]
                   bin/replay --from-dead-letters DIR|TOPIC --bootstrap-servers HOST:PORT[,HOST:PORT]...
                              [--config FILE] [--set Group.key=value]... [--reason REASON[,REASON]...] [--to TOPIC] [--compacted]
                              [--dry-run]
              RECORDING       a folder, or the name of a bundled recording: it is run through a broker, a registry and a
                              job that are started for it. Exit code 0 only if input = applied + skipped + dead letters
              --lake          where the tables are written: a directory, or s3a://bucket/path
              --set           a setting of the job, e.g. Lake.buckets=1; may be repeated
              --aggregates    writes the final figure of each group and window there, as JSON lines
              --dead-letters  writes the dead letters there, as JSON lines

              --from-dead-letters
                              sends these dead letters in again: to the topics that they came from, of the brokers that are
                              given, where a job reads them; or with a RECORDING, whose messages they once were, in its
                              place. Exit code 0 only if all were sent that sending is of use for
              --config        the job's configuration, for brokers and authentication; or --set Source.kafka.*, Auth.*,
                              Lake.hadoop.*
              --reason        those of a reason only, e.g. schema-not-found
              --to            all to one other topic: where their own does not name the table, or is compacted
              --compacted     also to topics that are compacted, where an older change outlives newer ones of its key
              --dry-run       only prints what would be sent""";
    private static final String FROM = "from-dead-letters";
    private static final String BROKERS = "bootstrap-servers";

    private ReplayCommand() {}

    public static void main(String[] args) {
        System.exit(execute(args, System.out));
    }

    /** @return the exit code */
    static int execute(String[] args, PrintStream out) {
        return Command.run(USAGE, () -> run(args, out));
    }

    private static int run(String[] args, PrintStream out) throws IOException {
        Arguments arguments = Arguments.parse(
                args,
                Set.of(
                        "lake",
                        "set",
                        "parallelism",
                        "aggregates",
                        "dead-letters",
                        FROM,
                        BROKERS,
                        "config",
                        "reason",
                        "to"),
                Set.of("help", "dry-run", "compacted"));
        if (arguments.has("help")) {
            out.println(USAGE);
            return ExitCode.OK;
        }
        try {
            return arguments.rest().isEmpty() && arguments.value(FROM).isPresent()
                    ? resend(arguments, out)
                    : replay(arguments, out);
        } catch (ConfigException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static int replay(Arguments arguments, PrintStream out) throws IOException {
        if (Stream.of(BROKERS, "config", "reason", "to")
                        .anyMatch(name -> arguments.value(name).isPresent())
                || arguments.has("dry-run")
                || arguments.has("compacted")) {
            throw new UsageException("A recording is replayed on a broker of its own; leave out --" + BROKERS
                    + ", --config, --reason, --to, --compacted and --dry-run");
        }
        Replay replay = new Replay(recording(arguments), arguments.required("lake"))
                .with(arguments.settings())
                .parallelism(parallelism(arguments));
        if (arguments.value(FROM).isPresent()) {
            ResendPlan plan = new Resend(settings(arguments), arguments.required(FROM)).plan();
            out.print(new ResendReport(plan.due(), plan.skipped(), List.of()));
            replay.letters(plan.due());
        }
        ReplayReport report = replay.run();
        write(arguments.value("dead-letters"), report.deadLetters());
        write(arguments.value("aggregates"), report.aggregates());
        return print(report, out);
    }

    private static int resend(Arguments arguments, PrintStream out) {
        if (Stream.of("lake", "parallelism", "aggregates", "dead-letters")
                .anyMatch(name -> arguments.value(name).isPresent())) {
            throw new UsageException("Dead letters are sent to brokers that are there; leave out --lake, --parallelism,"
                    + " --aggregates and --dead-letters, or name their recording");
        }
        TributaryConfig config = settings(arguments);
        if (config.group(SourceOptions.GROUP).get(SourceOptions.BOOTSTRAP_SERVERS) == null) {
            throw new UsageException("The brokers are missing: give --" + BROKERS + ", or --config with them");
        }
        Resend resend = new Resend(config, arguments.required(FROM))
                .reasons(reasons(arguments))
                .to(arguments.value("to").orElse(null))
                .compacted(arguments.has("compacted"));
        if (arguments.has("dry-run")) {
            ResendPlan plan = resend.plan();
            out.print(new ResendReport(plan.due(), plan.skipped(), List.of()));
            out.println("nothing is sent (--dry-run)");
            return ExitCode.OK;
        }
        ResendReport report = resend.run();
        out.print(report);
        return report.refused().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** With a file all of the configuration is checked, as the job does it; else there are the few settings that are given. */
    private static TributaryConfig settings(Arguments arguments) {
        Map<String, String> settings = new TreeMap<>(arguments.settings());
        arguments.value(BROKERS).ifPresent(brokers -> settings.put("Source.bootstrap.servers", brokers));
        if (arguments.value("config").isPresent()) {
            List<String> job = new ArrayList<>(List.of("--config", arguments.required("config")));
            settings.forEach((key, value) -> job.addAll(List.of("--set", key + "=" + value)));
            return TributaryJob.load(io.tributary.config.Arguments.parse(job.toArray(String[]::new)));
        }
        Map<String, Configuration> groups = new TreeMap<>();
        settings.forEach((key, value) -> {
            int dot = key.indexOf('.');
            if (dot < 1) {
                throw new UsageException("--set takes Group.key=value, not " + key);
            }
            groups.computeIfAbsent(key.substring(0, dot), name -> new Configuration())
                    .setString(key.substring(dot + 1), value);
        });
        return new TributaryConfig(groups);
    }

    private static Set<Reason> reasons(Arguments arguments) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (String label : arguments.value("reason").orElse("").split(",")) {
            try {
                if (!label.isBlank()) {
                    reasons.add(Reason.ofLabel(label.strip()));
                }
            } catch (IllegalArgumentException e) {
                throw new UsageException("--reason " + label + ": there is no such reason; known: "
                        + String.join(
                                ", ",
                                Stream.of(Reason.values()).map(Reason::label).toList()));
            }
        }
        return reasons;
    }

    private static int print(ReplayReport report, PrintStream out) {
        out.print(report.balance());
        out.printf(
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
