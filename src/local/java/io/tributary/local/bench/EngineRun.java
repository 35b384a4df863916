package io.tributary.local.bench;

import com.sun.management.OperatingSystemMXBean;
import io.tributary.local.cli.Command;
import io.tributary.local.cli.CommandException;
import io.tributary.local.cli.ExitCode;
import io.tributary.local.job.HeapPeak;
import io.tributary.local.job.LocalJob;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;

/** The main class of a run's process: executes the job, and leaves the process's figures behind. */
public final class EngineRun {
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    private static final long POLL_MILLIS = 50;

    private EngineRun() {}

    /** @param args the file of a {@link RunSpec} */
    public static void main(String[] args) {
        System.exit(Command.run("usage: EngineRun SPEC", () -> run(RunSpec.read(Path.of(args[0])))));
    }

    private static int run(RunSpec spec) throws Exception {
        Configuration flink = flink(spec);
        try (HeapPeak heap = new HeapPeak();
                SourceReads.Watch reads = new SourceReads.Watch();
                LocalJob job = spec.engine() == Engine.TRIBUTARY
                        ? TributaryRun.start(spec, flink)
                        : BaselineRun.start(spec, flink)) {
            awaitStop(spec, job, reads);
            // Both before the collection, which is no part of the work.
            double cpuSeconds = cpuSeconds();
            long peakHeap = heap.bytes();
            new RunFigures(
                            ManagementFactory.getRuntimeMXBean().getStartTime(),
                            reads.firstMs(),
                            cpuSeconds,
                            reads.cpuSecondsBefore(),
                            peakHeap,
                            liveHeap(),
                            PeakRss.bytes(),
                            ManagementFactory.getThreadMXBean().getPeakThreadCount(),
                            checkpoints(job))
                    .write(Path.of(spec.figures()));
        }
        return ExitCode.OK;
    }

    private static Configuration flink(RunSpec spec) {
        Configuration flink = new Configuration();
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(spec.checkpointMs()));
        flink.set(WebOptions.CHECKPOINTS_HISTORY_SIZE, 10_000);
        SourceReads.configure(flink);
        return flink;
    }

    /**
     * A job whose topics are known to end is asked for a checkpoint when it has read all: else the wait for the next one
     * would be most of what is measured. The topics have no bounds for the job itself: where a checkpoint is declined
     * because a bounded source has ended, Hudi's own writer waits for ever.
     */
    private static void awaitStop(RunSpec spec, LocalJob job, SourceReads.Watch reads)
            throws InterruptedException, IOException {
        boolean asked = spec.events() == 0;
        while (!Files.exists(Path.of(spec.stop()))) {
            if (job.isDone()) {
                job.awaitFinished(TIMEOUT);
                throw new CommandException("The job has ended, though its topics go on");
            }
            if (!asked && reads.count() >= spec.events()) {
                asked = job.cluster()
                        .triggerCheckpoint(job.id())
                        .handle((path, failure) -> failure == null)
                        .join();
                if (asked) {
                    Files.createFile(Path.of(spec.allRead()));
                }
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static double cpuSeconds() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    private static double[] checkpoints(LocalJob job) throws Exception {
        CheckpointStatsSnapshot snapshot =
                job.cluster().getExecutionGraph(job.id()).get().getCheckpointStatsSnapshot();
        return snapshot.getHistory().getCheckpoints().stream()
                .filter(checkpoint -> checkpoint.getStatus().isCompleted())
                .mapToDouble(AbstractCheckpointStats::getEndToEndDuration)
                .toArray();
    }
}
