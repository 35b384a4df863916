package io.tributary.local.bench;

import io.tributary.local.job.Statistics;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of one run over topics that were full before it began.
 *
 * @param events that the run had to write
 * @param valueBytes their messages' bytes, keys not counted
 */
record Throughput(Engine engine, long events, long valueBytes, RunFigures run, Lake.Commits commits) {
    private static final double MB = 1 << 20;
    private static final double EVENTS_OF_CPU = 100_000;

    /** @return the figures by their names, units included; in the order in which they are shown */
    Map<String, Double> figures() {
        double seconds = (commits.lastMs() - run.firstReadMs()) / 1e3;
        double withStart = (commits.lastMs() - run.startedMs()) / 1e3;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("rows/s, first read to last commit", events / seconds);
        figures.put("rows/s, process start to last commit", events / withStart);
        figures.put("seconds, first read to last commit", seconds);
        figures.put("seconds, process start to last commit", withStart);
        figures.put("seconds, process start to first commit", (commits.firstMs() - run.startedMs()) / 1e3);
        figures.put(
                "CPU seconds per 100,000 rows, from first read",
                (run.cpuSeconds() - run.cpuSecondsOfStart()) * EVENTS_OF_CPU / events);
        figures.put("CPU seconds per 100,000 rows, from process start", run.cpuSeconds() * EVENTS_OF_CPU / events);
        figures.put("peak heap, MB", run.peakHeapBytes() / MB);
        figures.put("live heap, MB", run.liveHeapBytes() / MB);
        figures.put("peak RSS, MB", run.peakRssBytes() / MB);
        figures.put("threads", (double) run.threads());
        if (run.checkpointMs().length > 0) {
            Statistics checkpoints = new Statistics(run.checkpointMs());
            figures.put("checkpoint p50, ms", checkpoints.median());
            figures.put("checkpoint p99, ms", checkpoints.percentile(99));
        }
        figures.put("commits", (double) commits.count());
        figures.put("bytes written / bytes changed", (double) commits.bytes() / valueBytes);
        return figures;
    }
}
