package io.tributary.local.demo;

import java.util.List;

/**
 * What the status page shows, at one moment.
 *
 * @param seconds since the job's start
 * @param read messages that were read
 * @param committed changes that are in a commit
 * @param deadLetters records that were refused
 * @param freshness of live changes, in words
 * @param checkpointAgeMs milliseconds since the newest complete checkpoint; negative where it is not known yet
 * @param perSecond changes that were committed in each of the last seconds, oldest first
 * @param freshnessMs freshness of the newest commits in each of the last seconds, oldest first; negative for none
 * @param window the newest window of the figures; null where there is none
 */
record Status(
        long seconds,
        long read,
        long committed,
        long deadLetters,
        String freshness,
        long checkpointAgeMs,
        List<Long> perSecond,
        List<Long> freshnessMs,
        List<Table> tables,
        NewestWindow.Window window) {
    /**
     * A table in figures.
     *
     * @param changes events that were decoded
     * @param applied events that are in a commit
     * @param lagMs how old the newest change was when it was decoded, in milliseconds; negative where it is not known
     * @param freshnessMs freshness of the newest commit in milliseconds; negative where there is none
     * @param rewritten rows written per row changed, in the newest commit
     * @param bytes written to files, over all commits
     */
    record Table(
            String name,
            long changes,
            long applied,
            long commits,
            long lagMs,
            long freshnessMs,
            double rewritten,
            long bytes,
            boolean unwritable) {}
}
