package io.tributary.local.demo;

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
     * @param sortedMs ages in milliseconds
     * @return the median and the 99th percentile in seconds; a dash where there is none
     */
    static String describe(double... sortedMs) {
        return sortedMs.length == 0
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "p50 %.1f s, p99 %.1f s",
                        percentile(sortedMs, 50) / 1_000,
                        percentile(sortedMs, 99) / 1_000);
    }

    /** @param sorted not empty */
    static double percentile(double[] sorted, int percent) {
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted[Math.max(0, rank - 1)];
    }
}
