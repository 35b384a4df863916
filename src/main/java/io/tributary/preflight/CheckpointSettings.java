package io.tributary.preflight;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.CheckpointConfig;

/** What Flink's configuration says of checkpoints, as far as the checks ask for it. Immutable. */
public final class CheckpointSettings {
    private final Duration interval;
    private final boolean exactlyOnce;
    private final boolean hasDirectory;
    private final boolean survivesCancelling;
    private final boolean managedService;

    CheckpointSettings(
            Duration interval,
            boolean exactlyOnce,
            boolean hasDirectory,
            boolean survivesCancelling,
            boolean managedService) {
        this.interval = interval;
        this.exactlyOnce = exactlyOnce;
        this.hasDirectory = hasDirectory;
        this.survivesCancelling = survivesCancelling;
        this.managedService = managedService;
    }

    /**
     * @param flink Flink's own configuration
     * @param managedService whether the service sets checkpoints by itself
     */
    public static CheckpointSettings of(CheckpointConfig checkpoints, ReadableConfig flink, boolean managedService) {
        return new CheckpointSettings(
                Duration.ofMillis(checkpoints.getCheckpointInterval()),
                checkpoints.getCheckpointingConsistencyMode()
                        == org.apache.flink.core.execution.CheckpointingMode.EXACTLY_ONCE,
                flink.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isPresent(),
                checkpoints.getExternalizedCheckpointRetention()
                        == ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION,
                managedService);
    }

    /** @return between two checkpoints, and with them two commits */
    Duration interval() {
        return interval;
    }

    /** @return whether checkpoints hold rows exactly once; otherwise at least once */
    boolean isExactlyOnce() {
        return exactlyOnce;
    }

    /** @return whether checkpoints are files; otherwise they are in a process's memory */
    boolean hasDirectory() {
        return hasDirectory;
    }

    boolean survivesCancelling() {
        return survivesCancelling;
    }

    /** @return whether the service sets all of this by itself */
    boolean isManagedService() {
        return managedService;
    }
}
