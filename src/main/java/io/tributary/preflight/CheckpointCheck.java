package io.tributary.preflight;

import io.tributary.preflight.Finding.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.TimeUtils;

/** Whether Flink's checkpoints are such that a restart loses nothing. Unaligned ones have been refused before. */
final class CheckpointCheck implements Check {
    private static final Duration LONG = Duration.ofMinutes(15);

    private final CheckpointSettings settings;

    CheckpointCheck(CheckpointSettings settings) {
        this.settings = settings;
    }

    @Override
    public String subject() {
        return "checkpoints";
    }

    @Override
    public List<Finding> run() {
        if (settings.isManagedService()) {
            return List.of(Finding.pass(subject(), "aligned; the service sets interval and storage"));
        }
        List<Finding> found = new ArrayList<>();
        String every = TimeUtils.formatWithHighestUnit(settings.interval());
        if (!settings.isExactlyOnce()) {
            found.add(Finding.fail(
                    subject(),
                    "their mode is AT_LEAST_ONCE",
                    "set execution.checkpointing.mode: EXACTLY_ONCE in Flink's configuration"));
        }
        if (settings.interval().compareTo(LONG) > 0) {
            found.add(Finding.warn(
                    subject(),
                    "every " + every + ": the lake is so far behind the database",
                    "set execution.checkpointing.interval, e.g. to 1 min"));
        }
        if (!settings.hasDirectory()) {
            found.add(
                    Finding.warn(
                            subject(),
                            "they are kept in memory: when the cluster's process ends, the job begins anew at Source.start",
                            "set execution.checkpointing.dir to a directory that outlives the cluster, e.g. s3://bucket/checkpoints"));
        } else if (!settings.survivesCancelling()) {
            found.add(Finding.warn(
                    subject(),
                    "they are deleted when the job is cancelled",
                    "set execution.checkpointing.externalized-checkpoint-retention: RETAIN_ON_CANCELLATION, or stop the"
                            + " job with a savepoint"));
        }
        if (found.stream().noneMatch(finding -> finding.level() == Level.FAIL)) {
            found.add(0, Finding.pass(subject(), "aligned, exactly once, every " + every));
        }
        return found;
    }
}
