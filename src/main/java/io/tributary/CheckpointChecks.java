package io.tributary;

import io.tributary.config.ConfigException;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the job needs of Flink's checkpoints. */
final class CheckpointChecks {
    static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointChecks.class);

    private CheckpointChecks() {}

    /**
     * Unaligned checkpoints let rows overtake the barrier into a commit that does not belong to them: after a failure
     * they are lost.
     *
     * @throws ConfigException naming the key that turns unaligned checkpoints on
     */
    static void refuseUnaligned(CheckpointConfig checkpoints) {
        if (checkpoints.isUnalignedCheckpointsEnabled()) {
            throw refusal(CheckpointingOptions.ENABLE_UNALIGNED);
        } else if (checkpoints.isForceUnalignedCheckpoints()) {
            throw refusal(CheckpointingOptions.FORCE_UNALIGNED);
        }
    }

    /** Turns checkpoints on where nobody did: the lake commits at checkpoints only. The service sets them itself. */
    static void enableByDefault(StreamExecutionEnvironment env, boolean managedService) {
        if (!managedService && !env.getCheckpointConfig().isCheckpointingEnabled()) {
            env.enableCheckpointing(DEFAULT_INTERVAL.toMillis());
            LOG.info(
                    "No {} is set: checkpoints, and with them commits to the lake, every {} s",
                    CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                    DEFAULT_INTERVAL.toSeconds());
        }
    }

    private static ConfigException refusal(ConfigOption<Boolean> option) {
        return new ConfigException("Flink's " + option.key() + " is true: unaligned checkpoints lose data with"
                + " copy-on-write tables, so the job does not start. Set " + option.key()
                + ": false in Flink's configuration (config.yaml, or -D" + option.key() + "=false).");
    }
}
