package io.tributary.local.demo;

import java.util.Arrays;
import java.util.Locale;

/**
 * How old changes are when they are committed. Recorded changes are as old as their recording and would only blur the
 * figure: what is older than the live part, or younger than now, does not count.
 */
final class Freshness {
    private Freshness() {}

    /**
     * @param samplesMs age of the oldest change of each commit
     * @param liveMs how long the live part has been running
     * @return the median and the 99th percentile in seconds; a dash where there is no sample
     */
    static String describe(double[] samplesMs, long liveMs) {
        double[] live = Arrays.stream(samplesMs)
                .filter(age -> age >= 0 && age <= liveMs)
                .sorted()
                .toArray();
        return live.length == 0
                ? "-"
                : String.format(Locale.ROOT, "p50 %.1f s, p99 %.1f s", percentile(live, 50), percentile(live, 99));
    }

    private static double percentile(double[] sorted, int percent) {
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted[Math.max(0, rank - 1)] / 1_000;
    }
}
