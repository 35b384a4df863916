package io.tributary.local.demo;

import io.tributary.local.job.Statistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How old changes are when they are committed, from a moment on. What was committed before, recorded changes and rows of a
 * snapshot, would only blur the figure: those are as old as their recording, or as the snapshot is long.
 */
final class Freshness {
    private final Map<Double, Integer> before = new HashMap<>();

    /** @param samplesMs what the histogram holds at that moment; they do not count */
    Freshness(double... samplesMs) {
        for (double sample : samplesMs) {
            before.merge(sample, 1, Integer::sum);
        }
    }

    /**
     * @param samplesMs what the histogram holds now, in no order: for each commit the age of its oldest change
     * @return those that have come since, sorted; where the clocks differ, a change from the future is of now
     */
    double[] since(double... samplesMs) {
        Map<Double, Integer> left = new HashMap<>(before);
        List<Double> since = new ArrayList<>();
        for (double sample : samplesMs) {
            if (left.merge(sample, -1, Integer::sum) < 0) {
                since.add(Math.max(0, sample));
            }
        }
        return since.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /**
     * @param ms ages in milliseconds
     * @return the median and the 99th percentile in seconds; a dash where there is none
     */
    static String describe(double... ms) {
        if (ms.length == 0) {
            return "-";
        }
        Statistics ages = new Statistics(ms);
        return String.format(
                Locale.ROOT, "p50 %.1f s, p99 %.1f s", ages.percentile(50) / 1_000, ages.percentile(99) / 1_000);
    }
}
