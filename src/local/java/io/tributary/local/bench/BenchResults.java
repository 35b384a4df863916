package io.tributary.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.local.job.Statistics;
import io.tributary.local.query.TextTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All figures of a benchmark, as tables with medians and spread, and as JSON. */
final class BenchResults {
    private final BenchOptions options;
    private final Map<Part, List<Throughput>> throughput = new LinkedHashMap<>();
    private final List<Steady> steady = new ArrayList<>();
    private Map<String, Map<String, Double>> decode = Map.of();

    BenchResults(BenchOptions options) {
        this.options = options;
    }

    void add(Part part, Throughput figures) {
        throughput.computeIfAbsent(part, key -> new ArrayList<>()).add(figures);
    }

    void add(Steady figures) {
        steady.add(figures);
    }

    void add(Map<String, Map<String, Double>> scores) {
        decode = scores;
    }

    /** @return the figures of each run, in the order in which they were added; decoding left out */
    List<Map<String, Double>> figures() {
        List<Map<String, Double>> figures = new ArrayList<>();
        throughput.values().forEach(runs -> runs.forEach(run -> figures.add(run.figures())));
        steady.forEach(run -> figures.add(run.figures()));
        return figures;
    }

    /** @return one line about a run that is over */
    static String line(Throughput run) {
        Map<String, Double> figures = run.figures();
        return String.format(
                Locale.ROOT,
                "  %-9s  %,d rows in %.1f s, %.1f s with start; CPU %.1f s; rows and content checked",
                run.engine(),
                run.events(),
                figures.get("seconds, first read to last commit"),
                figures.get("seconds, process start to last commit"),
                run.run().cpuSeconds());
    }

    static String line(Steady run) {
        Map<String, Double> figures = run.figures();
        return String.format(
                Locale.ROOT,
                "  %-9s  %,d changes/s: p50 %.2f s, p99 %.2f s, max %.2f s; rows and content checked",
                run.engine(),
                run.rate(),
                figures.get("p50, s"),
                figures.get("p99, s"),
                figures.get("max, s"));
    }

    /** @return the tables, for a terminal */
    String text() {
        StringBuilder text = new StringBuilder();
        throughput.forEach((part, runs) -> text.append('\n')
                .append(part == Part.SNAPSHOT ? "snapshot of " : "updates, ")
                .append(String.format(
                        Locale.ROOT,
                        "%,d rows, %d tables, %d run%s each, median (lowest to highest)%n",
                        runs.get(0).events(),
                        options.tables(),
                        options.runs(),
                        options.runs() == 1 ? "" : "s"))
                .append(comparison(runs)));
        if (!steady.isEmpty()) {
            text.append(String.format(
                            Locale.ROOT,
                            "%nfreshness, from a change to its commit: %d of %d tables, %,d rows before, %d s,"
                                    + " a checkpoint every %s%s%n",
                            options.active(),
                            options.tables(),
                            options.preload(),
                            options.seconds(),
                            options.steadyCheckpointSeconds() == 1
                                    ? "second"
                                    : options.steadyCheckpointSeconds() + " s",
                            options.fileDelayMs() == 0 ? "" : ", files " + options.fileDelayMs() + " ms away"))
                    .append(freshness());
        }
        if (!decode.isEmpty()) {
            text.append("\ndecoding and unwrapping, CPU nanoseconds per event\n")
                    .append(new TextTable(
                            List.of(
                                    "",
                                    "Avro's reader",
                                    "reusing",
                                    "event",
                                    "and columns",
                                    "events/s and core",
                                    "Avro : event",
                                    "Avro : columns",
                                    "Flink's format",
                                    "Flink : event",
                                    "Flink : columns"),
                            DecodeRun.rows(decode)));
        }
        return text.toString();
    }

    void writeJson(Path file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("java", System.getProperty("java.version"));
        json.put("tables", options.tables());
        json.put("rows", options.rows());
        json.put("updates", options.updates());
        json.put("skew", options.skew());
        json.put("form", options.form());
        json.put("parallelism", options.parallelism());
        json.put("file delay, ms", options.fileDelayMs());
        throughput.forEach((part, runs) -> json.put(
                part.toString(),
                runs.stream()
                        .map(run -> withEngine(run.engine(), run.figures()))
                        .toList()));
        json.put(
                Part.FRESHNESS.toString(),
                steady.stream()
                        .map(run -> {
                            Map<String, Object> figures = withEngine(run.engine(), run.figures());
                            figures.put("changes/s", run.rate());
                            return figures;
                        })
                        .toList());
        json.put(Part.DECODE.toString(), decode);
        writeJson(json, file);
    }

    /** @param file is made anew, with its directory */
    static void writeJson(Object results, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), results);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the results to " + file, e);
        }
    }

    private String comparison(List<Throughput> runs) {
        List<List<String>> rows = new ArrayList<>();
        for (String name : runs.get(0).figures().keySet()) {
            List<String> row = new ArrayList<>(List.of(name));
            List<Double> medians = new ArrayList<>();
            for (Engine engine : engines()) {
                double[] values = runs.stream()
                        .filter(run -> run.engine() == engine && run.figures().containsKey(name))
                        .mapToDouble(run -> run.figures().get(name))
                        .toArray();
                if (values.length == 0) {
                    row.add("-");
                } else {
                    Statistics statistics = new Statistics(values);
                    medians.add(statistics.median());
                    row.add(spread(statistics));
                }
            }
            if (options.baseline()) {
                row.add(medians.size() == 2 ? ratio(medians.get(0), medians.get(1)) : "-");
            }
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of(""));
        engines().forEach(engine -> header.add(engine.toString()));
        if (options.baseline()) {
            header.add("ratio");
        }
        return new TextTable(header, rows).toString();
    }

    private String freshness() {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("engine", "changes/s"));
        header.addAll(steady.get(0).figures().keySet());
        for (Steady run : steady) {
            List<String> row = new ArrayList<>(List.of(run.engine().toString(), Integer.toString(run.rate())));
            run.figures().values().forEach(value -> row.add(number(value)));
            rows.add(row);
        }
        return new TextTable(header, rows).toString();
    }

    private List<Engine> engines() {
        return options.baseline() ? List.of(Engine.TRIBUTARY, Engine.FLINK_SQL) : List.of(Engine.TRIBUTARY);
    }

    private static Map<String, Object> withEngine(Engine engine, Map<String, Double> figures) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("engine", engine.toString());
        all.putAll(figures);
        return all;
    }

    private static String spread(Statistics statistics) {
        return statistics.count() == 1
                ? number(statistics.median())
                : number(statistics.median()) + " (" + number(statistics.min()) + " to " + number(statistics.max())
                        + ")";
    }

    /** @return the first over the second, or the other way round where the first is the smaller one */
    static String ratio(double one, double other) {
        if (one <= 0 || other <= 0) {
            return "-";
        }
        return one >= other
                ? String.format(Locale.ROOT, "%.1f x", one / other)
                : String.format(Locale.ROOT, "1/%.1f", other / one);
    }

    static String number(double value) {
        return value >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
