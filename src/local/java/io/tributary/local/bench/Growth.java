package io.tributary.local.bench;

import io.tributary.local.cli.Arguments;
import io.tributary.local.query.TextTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the job with more and more of one thing; each run is a command line of {@code bin/bench}. */
final class Growth {
    static final String TABLES = "tables, all active";
    static final String TABLES_7_ACTIVE = "tables, 7 active";
    static final String ROWS = "rows of one table";
    static final String SLOTS = "slots";
    static final String INTERVAL = "checkpoint interval";
    static final String INTERVAL_LOAD = "1,000 changes/s for 60 s";

    private final Map<String, String> settings;
    private final PrintStream progress;

    /** @param settings of the job by {@code Group.key} */
    Growth(Map<String, String> settings, PrintStream progress) {
        this.settings = settings;
        this.progress = progress;
    }

    List<GrowthSeries> run() throws InterruptedException {
        List<GrowthSeries> series = new ArrayList<>();
        series.add(series(TABLES, "tables", "--only snapshot --rows 40000 --tables", 7, 50, 200, 1_000));
        series.add(series(
                TABLES_7_ACTIVE,
                "tables",
                "--only freshness --rate 100 --seconds 20 --active 7 --tables",
                7,
                50,
                200,
                1_000));
        series.add(series(
                ROWS,
                "rows",
                "--only freshness --tables 1 --rate 100 --seconds 20 --preload",
                30_000,
                100_000,
                300_000,
                1_000_000));
        series.add(series(SLOTS, "slots", "--only snapshot --parallelism", 1, 2, 4));
        series.add(series(
                INTERVAL,
                "seconds",
                "--only freshness --rate 1000 --preload 424319 --seconds 60 --checkpoint",
                1,
                3,
                10,
                30));
        return series;
    }

    private GrowthSeries series(String name, String size, String command, int... sizes) throws InterruptedException {
        TreeMap<Integer, Map<String, Double>> figures = new TreeMap<>();
        for (int each : sizes) {
            String line = "--no-baseline --runs 1 " + command + " " + each;
            progress.println(name + ", " + each + ": bin/bench " + line);
            figures.put(each, figures(line));
        }
        GrowthSeries series = new GrowthSeries(name, size, figures);
        progress.println("\n" + name + "\n" + table(series));
        return series;
    }

    /** @param line {@code bin/bench}'s arguments, of one run */
    private Map<String, Double> figures(String line) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        settings.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
        Arguments arguments = BenchOptions.arguments(words.toArray(new String[0]));
        return new Benchmark(BenchOptions.of(arguments, Path.of("")), progress)
                .run()
                .figures()
                .get(0);
    }

    static TextTable table(GrowthSeries series) {
        List<String> header = new ArrayList<>(List.of(""));
        Map<String, List<String>> rows = new LinkedHashMap<>();
        series.figures().forEach((size, figures) -> {
            header.add(BenchResults.number(size) + " " + series.size());
            figures.forEach((name, value) -> rows.computeIfAbsent(name, key -> new ArrayList<>(List.of(name)))
                    .add(BenchResults.number(value)));
        });
        return new TextTable(header, List.copyOf(rows.values()));
    }
}
