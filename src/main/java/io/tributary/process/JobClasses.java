package io.tributary.process;

import java.util.function.BiConsumer;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * Lets go of the job's classes when the job is over. Threads of Hadoop and the AWS SDK, Hadoop's shutdown hook and
 * security providers of the JDK would keep them, some 60 MB of metaspace, for as long as the process lives.
 *
 * <p>All of it comes back when it is used again: a coordinator may be made a second time for the same job.
 */
public final class JobClasses {
    private static final String HOOK = "tributary-leftovers";

    private JobClasses() {}

    /**
     * On a TaskManager: lets go once its last task of the job is over.
     *
     * @param release where Flink takes what is to be run before it gives the classes up: a name, which it takes once, and
     *     the action
     */
    public static void releaseOn(BiConsumer<String, Runnable> release) {
        if (areTheJobs()) {
            release.accept(HOOK, Leftovers::end);
        }
    }

    /** On the JobManager, when a coordinator is made: takes back what could not come back by itself. */
    public static void use() {
        Leftovers.restore();
    }

    /**
     * Lets go at once: on the JobManager when the coordinator is closed, since Flink 1.20 has no other hook there, and in
     * the process that runs the main method (a client, or the JobManager) after the checks before the start.
     */
    public static void release() {
        if (areTheJobs()) {
            Leftovers.end();
        }
    }

    /** Whether these classes came with the job, not with the process as in a test or a local run. */
    private static boolean areTheJobs() {
        return JobClasses.class.getClassLoader() != RuntimeContext.class.getClassLoader();
    }
}
