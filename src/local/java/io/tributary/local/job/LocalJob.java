package io.tributary.local.job;

import io.tributary.TributaryJob;
import io.tributary.config.TributaryConfig;
import io.tributary.lake.commit.HudiTables;
import io.tributary.lake.commit.LakeTablesProvider;
import io.tributary.local.cli.CommandException;
import io.tributary.local.stack.FreePort;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The job in a MiniCluster of its own inside this JVM, with Flink's web interface on a free port of 127.0.0.1. */
public final class LocalJob implements AutoCloseable {
    private static final String NAME = "tributary";
    private static final long TIMEOUT_SECONDS = 60;

    private final MiniCluster cluster;
    private final MetricStore metrics;
    private final JobID id;
    private final CompletableFuture<JobResult> result;

    private LocalJob(MiniCluster cluster, MetricStore metrics, JobID id) {
        this.cluster = cluster;
        this.metrics = metrics;
        this.id = id;
        this.result = cluster.requestJobResult(id);
    }

    /**
     * Starts a cluster and the job in it.
     *
     * @param flink Flink's settings; what they leave open gets the values of {@link #defaults()}
     */
    public static LocalJob start(TributaryConfig config, Configuration flink, int parallelism) {
        return start(config, flink, parallelism, 1, HudiTables::of);
    }

    /**
     * As {@link #start(TributaryConfig, Configuration, int)}, with several TaskManagers, each with slots enough for its
     * share of the job, and with other tables behind the lake.
     */
    public static LocalJob start(
            TributaryConfig config, Configuration flink, int parallelism, int taskManagers, LakeTablesProvider tables) {
        return start(env -> TributaryJob.compose(env, config, tables), flink, parallelism, taskManagers);
    }

    /** As {@link #start(TributaryConfig, Configuration, int)}, with any other job. */
    public static LocalJob start(
            Consumer<StreamExecutionEnvironment> composition, Configuration flink, int parallelism) {
        return start(composition, flink, parallelism, 1);
    }

    private static LocalJob start(
            Consumer<StreamExecutionEnvironment> composition, Configuration flink, int parallelism, int taskManagers) {
        Configuration settings = defaults();
        settings.addAll(flink);
        MetricStore metrics = new MetricStore();
        StoreReporterFactory.configure(settings, metrics);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager((parallelism + taskManagers - 1) / taskManagers)
                .build());
        try {
            StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
            env.setParallelism(parallelism);
            composition.accept(env);
            JobGraph graph = named(env.getStreamGraph()).getJobGraph();
            cluster.start();
            cluster.submitJob(graph).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return new LocalJob(cluster, metrics, graph.getJobID());
        } catch (Exception e) {
            cluster.closeAsync();
            metrics.close();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw e instanceof RuntimeException known ? known : new CommandException("The job does not start", e);
        }
    }

    /** @return a checkpoint every second, a few restarts, everything on 127.0.0.1 */
    public static Configuration defaults() {
        Configuration flink = new Configuration();
        flink.set(RestOptions.ADDRESS, "127.0.0.1");
        flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        flink.set(RestOptions.BIND_PORT, Integer.toString(FreePort.find()));
        flink.set(JobManagerOptions.ADDRESS, "127.0.0.1");
        flink.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        flink.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        // Hadoop's file systems are shared by this JVM and keep threads of the job that opened them first.
        flink.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
        return flink;
    }

    /** @return the job's metrics, readable also after the end */
    public MetricStore metrics() {
        return metrics;
    }

    public JobID id() {
        return id;
    }

    /** @return the cluster, for savepoints and the like */
    public MiniCluster cluster() {
        return cluster;
    }

    /** @return the address of Flink's web interface */
    public URI webInterface() {
        return cluster.getRestAddress().join();
    }

    /** @return whether the job has come to an end, good or bad */
    public boolean isDone() {
        return result.isDone();
    }

    public JobStatus status() {
        if (result.isDone()) {
            return result.join().getApplicationStatus().deriveJobStatus();
        }
        return cluster.getJobStatus(id).join();
    }

    /**
     * Waits for the job's good end.
     *
     * @throws CommandException where the job fails, or runs on
     */
    public void awaitFinished(Duration timeout) {
        try {
            JobResult end = result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!end.isSuccess()) {
                throw failure(end);
            }
        } catch (TimeoutException e) {
            throw new CommandException("The job is not finished after " + timeout.toSeconds() + " s, but " + status()
                    + "; see " + webInterface());
        } catch (ExecutionException e) {
            throw new CommandException("The job's end is not known", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted while the job was running", e);
        }
    }

    private static StreamGraph named(StreamGraph graph) {
        graph.setJobName(NAME);
        return graph;
    }

    private static CommandException failure(JobResult end) {
        Throwable thrown = end.getSerializedThrowable()
                .<Throwable>map(serialized -> serialized.deserializeError(LocalJob.class.getClassLoader()))
                .orElse(null);
        Throwable root = thrown;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return new CommandException(
                "The job ended " + end.getApplicationStatus() + (root == null ? "" : " because of " + root), thrown);
    }

    /** Cancels the job and waits until it has ended; does nothing where it has. */
    public void cancel() {
        if (!isDone()) {
            cluster.cancelJob(id).join();
            result.join();
        }
    }

    /** Ends the job and the cluster; the metrics stay readable. */
    @Override
    public void close() {
        try {
            cancel();
        } finally {
            cluster.closeAsync().join();
            metrics.close();
        }
    }
}
