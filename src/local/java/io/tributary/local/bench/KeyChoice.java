package io.tributary.local.bench;

import java.util.SplittableRandom;

/** Chooses the rows that are updated. With a skew some are changed far more often than others. */
final class KeyChoice {
    private final double exponent;
    private final SplittableRandom random;

    /** @param skew from 0, all rows alike, to below 1: of the changes the share x^(1-skew) goes to the share x of the rows */
    KeyChoice(double skew, long seed) {
        this.exponent = 1 / (1 - skew);
        this.random = new SplittableRandom(seed);
    }

    /** @return a key from 1 to {@code rows} */
    int next(int rows) {
        return 1 + Math.min(rows - 1, (int) (rows * Math.pow(random.nextDouble(), exponent)));
    }
}
