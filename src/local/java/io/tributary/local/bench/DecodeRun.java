package io.tributary.local.bench;

import io.tributary.local.cli.CommandException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link DecodeBenchmark} and {@link FlinkFormatBenchmark}, each case in a process of its own. */
final class DecodeRun {
    private DecodeRun() {}

    /**
     * @param quick Confluent's framing only, and shorter
     * @return CPU nanoseconds per event by form and framing, and then by method
     */
    static Map<String, Map<String, Double>> run(boolean quick) {
        OptionsBuilder options = new OptionsBuilder();
        options.include(DecodeBenchmark.class.getName())
                .include(FlinkFormatBenchmark.class.getName())
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (quick) {
            options.param("framing", Framing.CONFLUENT.name())
                    .warmupIterations(2)
                    .measurementIterations(3)
                    .measurementTime(TimeValue.milliseconds(500))
                    .warmupTime(TimeValue.milliseconds(500));
        }
        Map<String, Map<String, Double>> scores = new TreeMap<>();
        try {
            for (RunResult result : new Runner(options.build()).run()) {
                String name = result.getParams().getBenchmark();
                scores.computeIfAbsent(
                                (result.getParams().getParam("form") + ", "
                                                + result.getParams().getParam("framing"))
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', ' '),
                                key -> new LinkedHashMap<>())
                        .put(name.substring(name.lastIndexOf('.') + 1), cpuNanos(result));
            }
        } catch (RunnerException e) {
            throw new CommandException("The decoding cannot be measured", e);
        }
        return scores;
    }

    /** @return the rows of a table: case, nanoseconds of each method, events per second, how many times as fast */
    static List<List<String>> rows(Map<String, Map<String, Double>> scores) {
        List<List<String>> rows = new ArrayList<>();
        scores.forEach((name, methods) -> {
            double generic = methods.get("genericDatumReader");
            double reusing = methods.get("genericDatumReaderReusing");
            double event = methods.get("changeEvent");
            double columns = methods.get("changeEventAndColumns");
            Double flink = methods.get("flinkFormat"); // which knows one framing
            rows.add(List.of(
                    name,
                    BenchResults.number(generic),
                    BenchResults.number(reusing),
                    BenchResults.number(event),
                    BenchResults.number(columns),
                    BenchResults.number(1e9 / event),
                    BenchResults.ratio(generic, event),
                    BenchResults.ratio(generic, columns),
                    flink == null ? "-" : BenchResults.number(flink),
                    flink == null ? "-" : BenchResults.ratio(flink, event),
                    flink == null ? "-" : BenchResults.ratio(flink, columns)));
        });
        return rows;
    }

    /** @return of the iteration that took least, since what disturbs only adds */
    private static double cpuNanos(RunResult result) {
        return result.getAggregatedResult().getIterationResults().stream()
                .mapToDouble(iteration ->
                        iteration.getSecondaryResults().get("nanos").getScore()
                                / iteration.getSecondaryResults().get("events").getScore())
                .min()
                .orElseThrow();
    }
}
