package io.tributary.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What the process of a run tells of itself at its end.
 *
 * @param startedMs when the process began, milliseconds since the epoch
 * @param firstReadMs when the sources had read the first record
 * @param cpuSeconds of the whole process, all threads
 * @param cpuSecondsOfStart the part of them until the first record was read
 * @param peakHeapBytes garbage included
 * @param liveHeapBytes what is used after a collection at the end, with the job still running
 * @param peakRssBytes the most memory that the process has had from the system; 0 where the system does not tell
 * @param threads the most threads at a time
 * @param checkpointMs end-to-end durations of the completed checkpoints
 */
record RunFigures(
        long startedMs,
        long firstReadMs,
        double cpuSeconds,
        double cpuSecondsOfStart,
        long peakHeapBytes,
        long liveHeapBytes,
        long peakRssBytes,
        int threads,
        double[] checkpointMs) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static RunFigures read(Path file) {
        try {
            return JSON.readValue(file.toFile(), RunFigures.class);
        } catch (IOException e) {
            throw new UncheckedIOException("A run left no figures in " + file, e);
        }
    }

    void write(Path file) {
        try {
            JSON.writeValue(file.toFile(), this);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a run's figures to " + file, e);
        }
    }
}
