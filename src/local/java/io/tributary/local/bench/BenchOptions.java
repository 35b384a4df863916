package io.tributary.local.bench;

import io.tributary.local.cli.Arguments;
import io.tributary.local.cli.UsageException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is measured, and with which load.
 *
 * @param quick whether a short time matters more than steady figures
 * @param rows of the snapshot, all tables together
 * @param updates after the snapshot, of rows of the sales tables
 * @param skew of the updated rows, see {@link KeyChoice}
 * @param runs of each engine; the figures are their medians
 * @param rates of the steady load, changes per second
 * @param seconds how long each steady load lasts
 * @param preload rows that are in the lake before the steady load begins
 * @param active tables that the steady load changes
 * @param baseline whether Flink SQL is measured too
 * @param checkpointSeconds between checkpoints of the snapshot and the updates
 * @param steadyCheckpointSeconds between checkpoints of a steady load
 * @param fileDelayMs how much longer than on a local disk each call to a file system takes
 * @param heapMb limit of each engine's heap
 * @param json where the results go as JSON
 * @param profile where a JFR recording of each run of this project's job goes; null for none
 */
record BenchOptions(
        Set<Part> parts,
        boolean quick,
        int tables,
        int rows,
        int updates,
        double skew,
        Form form,
        int runs,
        List<Integer> rates,
        int seconds,
        int preload,
        int active,
        boolean baseline,
        int parallelism,
        int checkpointSeconds,
        int steadyCheckpointSeconds,
        int fileDelayMs,
        int heapMb,
        Path json,
        Path profile,
        Map<String, String> settings) {
    private static final int ROWS = 424_319;
    private static final int UPDATES = 172_456;
    private static final int QUICK_ROWS = 100_000;
    private static final int QUICK_UPDATES = 20_000;

    private static final Set<String> WITH_VALUE = Set.of(
            "only",
            "tables",
            "rows",
            "updates",
            "skew",
            "form",
            "runs",
            "rate",
            "seconds",
            "preload",
            "active",
            "parallelism",
            "checkpoint",
            "file-delay",
            "heap",
            "json",
            "profile",
            "set");
    private static final Set<String> WITH_GROWTH = Set.of("json", "set");
    private static final Set<String> FLAGS = Set.of("quick", "no-baseline", "growth", "help");

    static Arguments arguments(String[] args) {
        Arguments arguments = Arguments.parse(args, WITH_VALUE, FLAGS);
        if (!arguments.rest().isEmpty()) {
            throw new UsageException("bin/bench takes options only, not " + arguments.rest());
        }
        if (arguments.has("growth")) {
            WITH_VALUE.stream()
                    .filter(name ->
                            !WITH_GROWTH.contains(name) && arguments.value(name).isPresent())
                    .findFirst()
                    .ifPresent(name -> {
                        throw new UsageException(
                                "--growth has its own loads; beside it only --set and --json count, not --" + name);
                    });
        }
        return arguments;
    }

    /**
     * @param defaultJson where the JSON goes if nothing is said
     * @throws UsageException for a value that is not allowed
     */
    static BenchOptions of(Arguments arguments, Path defaultJson) {
        boolean quick = arguments.has("quick");
        int tables = number(arguments, "tables", 7, 1, 5_000);
        return new BenchOptions(
                parts(arguments.value("only").orElse("snapshot,updates,freshness,decode")),
                quick,
                tables,
                number(arguments, "rows", quick ? QUICK_ROWS : ROWS, tables, 100_000_000),
                number(arguments, "updates", quick ? QUICK_UPDATES : UPDATES, 1, 100_000_000),
                skew(arguments.value("skew").orElse("0")),
                form(arguments.value("form").orElse("envelope")),
                number(arguments, "runs", quick ? 1 : 3, 1, 100),
                rates(arguments.value("rate").orElse(quick ? "1000" : "100,1000,5000")),
                number(arguments, "seconds", quick ? 15 : 30, 1, 86_400),
                number(arguments, "preload", tables, tables, 100_000_000),
                number(arguments, "active", tables, 1, tables),
                !arguments.has("no-baseline"),
                number(arguments, "parallelism", 2, 1, 64),
                number(arguments, "checkpoint", 10, 1, 3_600),
                number(arguments, "checkpoint", 1, 1, 3_600),
                number(arguments, "file-delay", 0, 0, 10_000),
                number(arguments, "heap", 2_048, 256, 1 << 20),
                Path.of(arguments.value("json").orElse(defaultJson.toString())),
                arguments.value("profile").map(Path::of).orElse(null),
                arguments.settings());
    }

    private static int number(Arguments arguments, String name, int byDefault, int min, int max) {
        String text = arguments.value(name).orElse(Integer.toString(byDefault)).replace("_", "");
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw new UsageException("--" + name + " takes a number from " + min + " to " + max + ", not " + text);
        }
        return Integer.parseInt(text);
    }

    private static double skew(String text) {
        if (!text.matches("0(\\.\\d{1,4})?")) {
            throw new UsageException("--skew takes a number from 0 to below 1, e.g. 0.8, not " + text);
        }
        return Double.parseDouble(text);
    }

    private static Form form(String text) {
        return Arrays.stream(Form.values())
                .filter(form -> form.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new UsageException("--form takes envelope or flattened, not " + text));
    }

    private static List<Integer> rates(String text) {
        if (!text.matches("[1-9]\\d{0,6}(,[1-9]\\d{0,6})*")) {
            throw new UsageException("--rate takes changes per second, e.g. 100,1000, not " + text);
        }
        return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }

    private static Set<Part> parts(String text) {
        EnumSet<Part> parts = EnumSet.noneOf(Part.class);
        for (String name : new TreeSet<>(Arrays.asList(text.split(",")))) {
            parts.add(Arrays.stream(Part.values())
                    .filter(part -> part.toString().equals(name.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new UsageException(
                            "--only takes some of " + Arrays.toString(Part.values()) + ", not " + name)));
        }
        if (parts.contains(Part.UPDATES)) {
            parts.add(Part.SNAPSHOT); // whose lake is updated
        }
        return parts;
    }
}
