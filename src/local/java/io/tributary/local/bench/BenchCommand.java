package io.tributary.local.bench;

import io.tributary.local.cli.Arguments;
import io.tributary.local.cli.Command;
import io.tributary.local.cli.ExitCode;
import io.tributary.local.stack.StackFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code bin/bench}: measures the job, and a plain Flink SQL job beside it. */
public final class BenchCommand {
    private static final String USAGE = """
            usage: bin/bench [OPTION]...
              --quick          fewer rows, one run each, one rate: about 3 minutes
              --only PARTS     snapshot, updates (with the snapshot), freshness, decode; separated by commas
              --no-baseline    without the Flink SQL job
              --growth         the job alone, with more and more tables, rows, slots, seconds between checkpoints;
                               and a chart, growth.svg, beside the JSON: about 15 minutes
              --runs N         of each job (3)
              --tables N       TICKIT's seven, or more of the same shapes (7)
              --rows N         of the snapshot, all tables together (424,319)
              --updates N      of rows of the sales table (172,456)
              --skew S         which rows are updated: 0 all alike; with 0.8 a tenth gets 63 % of the updates (0)
              --form F         envelope or flattened (envelope)
              --rate N,N...    changes a second of the steady loads (100,1000,5000)
              --seconds N      how long each steady load lasts (30)
              --preload N      rows in the lake before a steady load (one a table)
              --active N       tables that a steady load changes (all)
              --parallelism N  slots of each job (2)
              --checkpoint N   seconds between checkpoints (10; 1 for the steady loads)
              --file-delay MS  how much longer each call to the lake's files takes, as in an object store (0)
              --heap MB        limit of each job's heap (2048)
              --set G.key=V    a setting of the job, e.g. Lake.buckets=1, which the baseline follows; may be repeated
              --json FILE      where the results go as JSON (target/bench/results.json)
              --profile FILE   records each run of the job with JFR, to FILE-run-N.jfr""";

    private BenchCommand() {}

    public static void main(String[] args) {
        System.exit(Command.run(USAGE, () -> run(args)));
    }

    private static int run(String[] args) throws InterruptedException, IOException {
        Arguments arguments = BenchOptions.arguments(args);
        if (arguments.has("help")) {
            System.out.println(USAGE);
            return ExitCode.OK;
        }
        BenchOptions options =
                BenchOptions.of(arguments, StackFiles.buildDirectory().resolve("bench/results.json"));
        if (arguments.has("growth")) {
            Path chart = options.json().resolveSibling("growth.svg");
            List<GrowthSeries> series = new Growth(arguments.settings(), System.out).run();
            BenchResults.writeJson(series, options.json());
            GrowthChart.write(series, chart);
            System.out.println("\nas JSON: " + options.json() + ", as a chart: " + chart);
            return ExitCode.OK;
        }
        BenchResults results = new Benchmark(options, System.out).run();
        System.out.print(results.text());
        results.writeJson(options.json());
        System.out.println("\nas JSON: " + options.json());
        return ExitCode.OK;
    }
}
