package io.tributary.local.replay;

import java.time.Duration;
import java.util.List;

/**
 * The outcome of a replay.
 *
 * @param took from the job's start to its end
 * @param peakHeapBytes of this JVM, with the broker in it
 * @param deadLetters a JSON line each
 * @param aggregates the final figure of each group and window, a JSON line each, by key
 */
public record ReplayReport(
        Balance balance, Duration took, long peakHeapBytes, List<String> deadLetters, List<String> aggregates) {}
