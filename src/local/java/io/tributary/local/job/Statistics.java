package io.tributary.local.job;

import java.util.Arrays;

/** Median, percentiles and spread of some measured values. */
public final class Statistics {
    private final double[] sorted;

    /** @param values at least one */
    public Statistics(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    public double min() {
        return sorted[0];
    }

    public double max() {
        return sorted[sorted.length - 1];
    }

    /** @return the middle value; of an even number the mean of the middle two */
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** @return the smallest value that at least {@code percent} of all values do not exceed */
    public double percentile(double percent) {
        int rank = (int) Math.ceil(sorted.length * percent / 100);
        return sorted[Math.max(0, rank - 1)];
    }

    public int count() {
        return sorted.length;
    }
}
