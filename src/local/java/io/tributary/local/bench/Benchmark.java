package io.tributary.local.bench;

import io.tributary.local.cli.CommandException;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalRegistry;
import io.tributary.local.stack.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs the engines over one load, in turn, each run in a process and a lake of its own. */
final class Benchmark {
    private static final int PARTITIONS = 2;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final long POLL_MILLIS = 100;
    private static final Duration DRAIN_TIMEOUT = Duration.ofMinutes(3);

    private final BenchOptions options;
    private final PrintStream progress;
    private int runs;

    Benchmark(BenchOptions options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
    }

    BenchResults run() throws InterruptedException {
        BenchResults results = new BenchResults(options);
        if (options.parts().contains(Part.DECODE)) {
            results.add(DecodeRun.run(options.quick()));
        }
        if (options.parts().equals(Set.of(Part.DECODE))) {
            return results;
        }
        try (LocalRegistry registry = LocalRegistry.started();
                WorkDirectory work = WorkDirectory.create("bench")) {
            if (options.parts().contains(Part.SNAPSHOT)) {
                throughput(registry, work.path(), results);
            }
            if (options.parts().contains(Part.FRESHNESS)) {
                for (int rate : options.rates()) {
                    for (Engine engine : engines(0)) {
                        results.add(steady(engine, rate, registry, work.path()));
                    }
                }
            }
        }
        return results;
    }

    private void throughput(LocalRegistry registry, Path work, BenchResults results) throws InterruptedException {
        List<LoadTable> tables = LoadTable.share(options.tables(), options.rows());
        try (LocalKafka kafka = LocalKafka.started();
                Load load = new Load(tables, options.form(), PARTITIONS, kafka, registry.confluentApi())) {
            long snapshotMs = System.currentTimeMillis() - 2 * HOUR_MS;
            load.snapshot(snapshotMs);
            long snapshotEvents = load.events();
            long snapshotBytes = load.bytes();
            progress.println(snapshotEvents + " rows of " + tables.size() + " tables are in the topics");
            Map<String, Lake> lakes = new HashMap<>();
            for (int run = 0; run < options.runs(); run++) {
                for (Engine engine : engines(run)) {
                    Lake lake = new Lake(work.resolve("lake-" + engine.name() + "-" + run), tables);
                    lakes.put(engine.name() + run, lake);
                    Throughput figures =
                            throughput(engine, kafka, registry, work, lake, load, -1, snapshotEvents, snapshotBytes);
                    results.add(Part.SNAPSHOT, figures);
                }
            }
            if (options.parts().contains(Part.UPDATES)) {
                update(load, tables, snapshotMs + HOUR_MS);
                progress.println(load.events() - snapshotEvents + " updates are in the topics");
                for (int run = 0; run < options.runs(); run++) {
                    for (Engine engine : engines(run)) {
                        Throughput figures = throughput(
                                engine,
                                kafka,
                                registry,
                                work,
                                lakes.get(engine.name() + run),
                                load,
                                snapshotMs + HOUR_MS,
                                load.events() - snapshotEvents,
                                load.bytes() - snapshotBytes);
                        results.add(Part.UPDATES, figures);
                    }
                }
            }
        }
    }

    private void update(Load load, List<LoadTable> tables, long nowMs) {
        KeyChoice choice = new KeyChoice(options.skew(), 1);
        List<Integer> sales = new ArrayList<>();
        for (int table = 0; table < tables.size(); table++) {
            if (tables.get(table).shape() == Shape.SALE) {
                sales.add(table);
            }
        }
        for (int i = 0; i < options.updates(); i++) {
            load.update(sales.get(i % sales.size()), choice, nowMs + i / 100);
        }
        load.flush();
    }

    private Throughput throughput(
            Engine engine,
            LocalKafka kafka,
            LocalRegistry registry,
            Path work,
            Lake lake,
            Load load,
            long fromMs,
            long events,
            long bytes)
            throws InterruptedException {
        Map<String, String> before = lake.newestInstants();
        Path directory = work.resolve("run-" + runs++);
        RunSpec spec =
                spec(engine, kafka, registry, lake, directory, fromMs, events, options.checkpointSeconds() * 1_000L);
        RunFigures figures = awaitAll(spec, lake, load, start(spec, directory));
        Throughput result = new Throughput(engine, events, bytes, figures, lake.commitsAfter(before));
        progress.println(BenchResults.line(result));
        return result;
    }

    private Steady steady(Engine engine, int rate, LocalRegistry registry, Path work) throws InterruptedException {
        List<LoadTable> tables = LoadTable.share(options.tables(), options.preload());
        Path directory = work.resolve("run-" + runs++);
        Lake lake = new Lake(directory.resolve("lake"), tables);
        try (LocalKafka kafka = LocalKafka.started();
                Load load = new Load(tables, options.form(), PARTITIONS, kafka, registry.confluentApi())) {
            load.snapshot(System.currentTimeMillis() - HOUR_MS);
            RunSpec spec =
                    spec(engine, kafka, registry, lake, directory, -1, 0, options.steadyCheckpointSeconds() * 1_000L);
            EngineProcess process = start(spec, directory);
            try (CommitWatch watch = new CommitWatch(lake, tables)) {
                awaitContent(lake, load, process);
                long beginMs = System.currentTimeMillis();
                long lastMs = new SteadyLoad(load, options.active(), new KeyChoice(options.skew(), 2))
                        .run(rate, options.seconds());
                awaitContent(lake, load, process);
                process.askToStop();
                RunFigures figures = process.await();
                Steady result = ages(engine, rate, lake, watch, figures, beginMs, lastMs);
                progress.println(BenchResults.line(result));
                return result;
            } finally {
                process.kill();
            }
        }
    }

    private Steady ages(
            Engine engine, int rate, Lake lake, CommitWatch watch, RunFigures figures, long beginMs, long lastMs) {
        double[] ages = new double[1024];
        int[] count = new int[1];
        double[][] holder = {ages};
        long lastCommit = 0;
        try (LakeRows rows = new LakeRows()) {
            for (LoadTable table : lake.tables()) {
                Map<String, Long> commits = watch.commits(table);
                rows.forEach(lake.files(table).newestFiles(), (instant, changedMs) -> {
                    if (changedMs >= beginMs) {
                        if (count[0] == holder[0].length) {
                            holder[0] = Arrays.copyOf(holder[0], 2 * count[0]);
                        }
                        holder[0][count[0]++] = commits.get(instant) - changedMs;
                    }
                });
                lastCommit = Math.max(
                        lastCommit,
                        commits.values().stream()
                                .mapToLong(Long::longValue)
                                .max()
                                .orElse(0));
            }
        }
        return new Steady(engine, rate, figures, Arrays.copyOf(holder[0], count[0]), lastCommit - lastMs);
    }

    /** Looks into the lake when the job says that it has read all, and not while it works. */
    private static RunFigures awaitAll(RunSpec spec, Lake lake, Load load, EngineProcess process)
            throws InterruptedException {
        try {
            while (!Files.exists(Path.of(spec.allRead()))) {
                if (!process.isAlive()) {
                    process.await();
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            awaitContent(lake, load, process);
            process.askToStop();
            return process.await();
        } finally {
            process.kill();
        }
    }

    private static void awaitContent(Lake lake, Load load, EngineProcess process) throws InterruptedException {
        long deadline = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
        while (true) {
            try {
                lake.require(load);
                return;
            } catch (RuntimeException notYet) {
                if (!process.isAlive()) {
                    process.await();
                }
                if (System.nanoTime() > deadline) {
                    throw new CommandException(
                            "The lake has not caught up within " + DRAIN_TIMEOUT.toSeconds() + " s", notYet);
                }
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private RunSpec spec(
            Engine engine,
            LocalKafka kafka,
            LocalRegistry registry,
            Lake lake,
            Path directory,
            long fromMs,
            long events,
            long checkpointMs) {
        return new RunSpec(
                engine,
                kafka.bootstrapServers(),
                registry.url(),
                registry.confluentApi(),
                lake.tables(),
                options.form(),
                lake.directory().toString(),
                fromMs,
                events,
                checkpointMs,
                options.parallelism(),
                settings(),
                directory.resolve("stop").toString(),
                directory.resolve("all-read").toString(),
                directory.resolve("figures.json").toString());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(options.settings());
        settings.put(
                "Lake.hadoop.fs.file.impl",
                EngineProcess.fileSystem(options.fileDelayMs()).getName());
        return settings;
    }

    private EngineProcess start(RunSpec spec, Path directory) {
        List<String> jvm = new ArrayList<>();
        if (options.profile() != null && spec.engine() == Engine.TRIBUTARY) {
            jvm.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                    + options.profile().toAbsolutePath() + "-" + directory.getFileName() + ".jfr");
        }
        return EngineProcess.start(spec, directory, options.heapMb(), options.fileDelayMs(), jvm);
    }

    /** @return whose turn it is; every other time the other one begins */
    private List<Engine> engines(int run) {
        if (!options.baseline()) {
            return List.of(Engine.TRIBUTARY);
        }
        return run % 2 == 0 ? List.of(Engine.TRIBUTARY, Engine.FLINK_SQL) : List.of(Engine.FLINK_SQL, Engine.TRIBUTARY);
    }
}
