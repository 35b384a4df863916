package io.tributary.local.bench;

import io.tributary.local.job.Statistics;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of one run under steady load.
 *
 * @param rate changes per second
 * @param agesMs of the changes that are the newest of their rows: from the change to the commit that it is in
 * @param drainedMs from the last change to the last commit
 */
record Steady(Engine engine, int rate, RunFigures run, double[] agesMs, long drainedMs) {
    private static final double MB = 1 << 20;

    Map<String, Double> figures() {
        Statistics ages = new Statistics(agesMs);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("p50, s", ages.median() / 1e3);
        figures.put("p95, s", ages.percentile(95) / 1e3);
        figures.put("p99, s", ages.percentile(99) / 1e3);
        figures.put("max, s", ages.max() / 1e3);
        figures.put("drained, s", drainedMs / 1e3);
        if (run.checkpointMs().length > 0) {
            Statistics checkpoints = new Statistics(run.checkpointMs());
            figures.put("ckpt p50, ms", checkpoints.median());
            figures.put("ckpt p99, ms", checkpoints.percentile(99));
        }
        figures.put("live heap, MB", run.liveHeapBytes() / MB);
        figures.put("RSS, MB", run.peakRssBytes() / MB);
        figures.put("CPU s", run.cpuSeconds());
        figures.put("threads", (double) run.threads());
        return figures;
    }
}
