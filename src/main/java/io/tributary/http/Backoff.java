package io.tributary.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Pauses between attempts: doubling, with jitter, bounded, ended early by an interrupt or by {@link #cancel()}. */
public final class Backoff {
    private final int attempts;
    private final long firstMillis;
    private final long maxMillis;
    private final CountDownLatch cancelled = new CountDownLatch(1);

    /**
     * @param attempts how often a request is sent in all, at least 1
     * @param first longest pause before the first repetition
     * @param max longest pause of all
     */
    public Backoff(int attempts, Duration first, Duration max) {
        this.attempts = attempts;
        this.firstMillis = first.toMillis();
        this.maxMillis = max.toMillis();
    }

    int attempts() {
        return attempts;
    }

    /**
     * @param failures how many attempts have failed so far, at least 1
     * @param askedMillis the pause that the server asked for; 0 where it did not
     * @return milliseconds
     */
    public long delayMillis(int failures, long askedMillis) {
        long longest = Math.min(maxMillis, firstMillis << Math.min(failures - 1, 30));
        if (longest < 0) {
            longest = maxMillis;
        }
        long jittered = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
        return Math.min(maxMillis, Math.max(jittered, askedMillis));
    }

    /** @return whether to go on; false once cancelled */
    boolean pause(int failures, long askedMillis) throws InterruptedException {
        return !cancelled.await(delayMillis(failures, askedMillis), TimeUnit.MILLISECONDS);
    }

    boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    void cancel() {
        cancelled.countDown();
    }
}
