package io.tributary.chaos;

import io.tributary.chaos.FaultyProxy.Trouble;

/** What happens to the job and to what it stands on. */
enum Fault {
    TASK_MANAGER_KILL,
    /** Stopped with a savepoint and started from it with another parallelism. */
    RESCALE,
    /** Cancelled and started anew, without state, from the topics' beginning. */
    START_WITHOUT_STATE,
    BROKER_RESTART,
    REGISTRY_OUTAGE,
    /** No checkpoint can be written. */
    FULL_DISK,
    /** Instants cannot be begun or committed, or are and it is not known. */
    FAILED_COMMITS,
    /** {@code kill -9} of the job's process at any moment. */
    JOB_KILL,
    /** The process is gone after the checkpoint, before its commit. */
    CRASH_BEFORE_COMMIT,
    S3_ERRORS(Trouble.ERRORS),
    S3_SLOW_DOWN(Trouble.SLOW_DOWN),
    S3_TIMEOUTS(Trouble.TIMEOUTS),
    S3_THROTTLED_LISTS(Trouble.THROTTLED_LISTS),
    S3_SLOW(Trouble.SLOW);

    private final Trouble trouble;

    Fault() {
        this(null);
    }

    Fault(Trouble trouble) {
        this.trouble = trouble;
    }

    boolean isOfS3() {
        return trouble != null;
    }

    /** @return what the proxy before S3 does; null for other faults */
    Trouble trouble() {
        return trouble;
    }

    boolean isOfProcess() {
        return this == JOB_KILL || this == CRASH_BEFORE_COMMIT;
    }
}
