package io.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories with random faults. {@code -Dchaos.histories=200 -Dchaos.seed=1000} runs that many from that seed on;
 * a line tells what each was, and the end what all were. What a failed one leaves is kept in {@code target/chaos/<seed>}.
 */
class ChaosITCase {
    private static final long SEED = Long.getLong("chaos.seed", 0);
    /** As many as there are first faults. */
    private static final long HISTORIES = Long.getLong("chaos.histories", Fault.values().length);

    private static final Map<String, Integer> FAULTS = new TreeMap<>();
    private static ChaosStack stack;
    private static Level logLevel;
    private static long events;
    private static long millis;
    private static int passed;

    @BeforeAll
    static void startServers() {
        // Warnings are what the faults are meant to bring about.
        logLevel = LogManager.getRootLogger().getLevel();
        if (logLevel == Level.WARN) {
            Configurator.setAllLevels("", Level.OFF);
        }
        stack = new ChaosStack();
    }

    @AfterAll
    static void stopServers() {
        stack.close();
        Configurator.setRootLevel(logLevel);
        System.out.printf(
                "chaos: %d of %d histories from seed %d passed, %d messages, %d s, faults %s%n",
                passed, HISTORIES, SEED, events, millis / 1_000, FAULTS);
    }

    static LongStream seeds() {
        return LongStream.range(SEED, SEED + HISTORIES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theLakeEqualsTheDatabase(long seed) throws Exception {
        History history = HistoryGenerator.of(seed);
        FaultPlan plan = FaultPlan.of(seed);
        Path directory = Path.of("target", "chaos", Long.toString(seed)).toAbsolutePath();
        delete(directory);
        Files.createDirectories(directory);
        long start = System.nanoTime();
        String what = "seed %d: %s; %s; wire %s, %d buckets, keys in %s, %d messages"
                .formatted(
                        seed,
                        history.traits(),
                        history.faults(),
                        plan.wire(),
                        plan.buckets(),
                        plan.keyMemory(),
                        history.messages().size());
        try (ChaosRun run = new ChaosRun(stack, history, plan, directory)) {
            List<String> problems;
            try {
                problems = run.run();
            } catch (Exception | AssertionError e) {
                throw new AssertionError(what + "; faults " + plan.faults() + ", so far " + run.happened(), e);
            }
            long took = (System.nanoTime() - start) / 1_000_000;
            System.out.printf(
                    "%s; faults %s; %d ms%s%n", what, run.happened(), took, problems.isEmpty() ? "" : " FAILED");
            assertThat(problems).as("%s; faults %s", what, run.happened()).isEmpty();
            count(history, plan, took);
        }
        delete(directory);
    }

    private static void count(History history, FaultPlan plan, long took) {
        plan.faults().forEach(fault -> FAULTS.merge(fault.name(), 1, Integer::sum));
        history.faults().forEach((fault, times) -> FAULTS.merge(fault.name(), times, Integer::sum));
        events += history.messages().size();
        millis += took;
        passed++;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
