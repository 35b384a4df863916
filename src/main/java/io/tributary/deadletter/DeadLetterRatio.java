package io.tributary.deadletter;

import io.tributary.config.DeadLetterOptions;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.TimeUtils;

/**
 * The circuit breaker: counts records and dead letters over a sliding window and refuses to go on when too large a share
 * are dead letters. One instance per subtask, used by one thread; its counts are not kept over a restart.
 */
public final class DeadLetterRatio {
    private static final int SLICES = 12;

    private final double maxRatio;
    private final int minRecords;
    private final Duration window;
    private final long sliceMs;
    private final long[] sliceNumbers = new long[SLICES];
    private final long[] records = new long[SLICES];
    private final long[] dead = new long[SLICES];

    /**
     * @param maxRatio from 0 to 1; 1 never refuses
     * @param window how far back is counted, to a twelfth of it
     * @param minRecords fewer records in the window are never too few to go on
     */
    public DeadLetterRatio(double maxRatio, Duration window, int minRecords) {
        this.maxRatio = maxRatio;
        this.minRecords = minRecords;
        this.window = window;
        this.sliceMs = Math.max(1, window.toMillis() / SLICES);
    }

    /** @param group the group {@code DeadLetter} */
    public static DeadLetterRatio of(Configuration group) {
        return new DeadLetterRatio(
                group.get(DeadLetterOptions.MAX_RATIO),
                group.get(DeadLetterOptions.RATIO_WINDOW),
                group.get(DeadLetterOptions.RATIO_MIN_RECORDS));
    }

    /**
     * Counts a record that could be applied or skipped.
     *
     * @param nowMs milliseconds of a clock that does not go back
     */
    public void accepted(long nowMs) {
        records[slice(nowMs)]++;
    }

    /**
     * Counts a record that became a dead letter.
     *
     * @param nowMs milliseconds of a clock that does not go back
     * @throws TooManyDeadLettersException where the share is over the limit; it names the letter's reason
     */
    public void rejected(DeadLetter letter, long nowMs) {
        int slice = slice(nowMs);
        records[slice]++;
        dead[slice]++;
        long allRecords = sum(records, nowMs);
        long allDead = sum(dead, nowMs);
        if (allRecords >= minRecords && allDead > maxRatio * allRecords) {
            throw new TooManyDeadLettersException(describe(allDead, allRecords, letter));
        }
    }

    private int slice(long nowMs) {
        long number = nowMs / sliceMs;
        int slice = (int) Math.floorMod(number, (long) SLICES);
        if (sliceNumbers[slice] != number) {
            sliceNumbers[slice] = number;
            records[slice] = 0;
            dead[slice] = 0;
        }
        return slice;
    }

    private long sum(long[] counts, long nowMs) {
        long oldest = nowMs / sliceMs - SLICES + 1;
        long sum = 0;
        for (int slice = 0; slice < SLICES; slice++) {
            sum += sliceNumbers[slice] >= oldest ? counts[slice] : 0;
        }
        return sum;
    }

    private String describe(long allDead, long allRecords, DeadLetter newest) {
        return String.format(
                Locale.ROOT,
                "%d of the last %d records (within %s) became dead letters, more than DeadLetter.max.ratio = %s allows, so"
                        + " the job stops. The newest: %s. Mend the cause and start again from the last checkpoint; to go"
                        + " on regardless, raise DeadLetter.max.ratio (1 never stops).",
                allDead,
                allRecords,
                TimeUtils.formatWithHighestUnit(window),
                maxRatio,
                newest.toString().replaceFirst("\\.$", ""));
    }
}
