package io.tributary.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the process of one run has to do; it is handed over as a JSON file.
 *
 * @param bootstrapServers of the broker
 * @param registryUrl Apicurio's address, without a path
 * @param confluentUrl of the same registry's Confluent API
 * @param lake a directory
 * @param fromTimestamp the run reads messages of that time on, milliseconds since the epoch; -1 for all
 * @param events how many records the topics will have; 0 where more and more are produced
 * @param checkpointMs between two checkpoints
 * @param stop the run ends when this file is there
 * @param allRead the run makes this file when a checkpoint with all {@code events} is complete
 * @param figures where the run leaves its {@link RunFigures}
 * @param settings of the job by {@code Group.key}; the baseline takes {@code Lake.buckets} only
 */
record RunSpec(
        Engine engine,
        String bootstrapServers,
        String registryUrl,
        String confluentUrl,
        List<LoadTable> tables,
        Form form,
        String lake,
        long fromTimestamp,
        long events,
        long checkpointMs,
        int parallelism,
        Map<String, String> settings,
        String stop,
        String allRead,
        String figures) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static RunSpec read(Path file) {
        try {
            return JSON.readValue(file.toFile(), RunSpec.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what to run from " + file, e);
        }
    }

    void write(Path file) {
        try {
            JSON.writeValue(file.toFile(), this);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write what to run to " + file, e);
        }
    }
}
