package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.cluster.LocalCluster;
import io.tributary.local.job.JobSettings;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.StreamLoader;
import io.tributary.local.stack.LocalKinesis;
import io.tributary.local.stack.NeedsKinesis;
import io.tributary.packaging.FatJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fat jar holds only a part of the Kinesis connector: enough to read and write streams on a stock Flink cluster. */
class KinesisClusterITCase {
    private static final Recording RECORDING = Recording.bundled("unwrap-apicurio8");
    private static final Duration TIMEOUT = Duration.ofSeconds(180);

    @TempDir
    Path directory;

    @Test
    void theJarReadsByFanOutAndByPollingAndWrites() throws Exception {
        NeedsKinesis.orSkip();
        try (LocalKinesis kinesis = LocalKinesis.started();
                LocalCluster cluster = LocalCluster.started(
                        Path.of("target/cluster-kinesis-it"),
                        1,
                        Map.of(
                                "env.java.opts.jobmanager", "-XX:TieredStopAtLevel=1",
                                "env.java.opts.taskmanager", "-XX:TieredStopAtLevel=1",
                                "execution.checkpointing.interval", "1 s",
                                "restart-strategy.type", "none"))) {
            String arn = kinesis.createStream("cluster", 1);
            StreamLoader loader = new StreamLoader(RECORDING, kinesis, "cluster");
            loader.nextAggregated(loader.left() / 2, 20);
            kinesis.split("cluster", kinesis.openShards("cluster").get(0));
            loader.next(loader.left());
            Lake lake = Lake.local(directory.resolve("lake"));
            JobSettings settings = JobSettings.of(kinesis, Servers.registry(RECORDING), arn, lake.path())
                    .set("Source.bounded", "true");
            for (String table : RECORDING.tables()) {
                settings.set(
                        "Table." + table + ".key",
                        ExpectedTable.after(RECORDING, table).keyColumn());
            }
            run(cluster, settings);
            String figures = kinesis.createStream("cluster-figures", 1);
            run(
                    cluster,
                    settings.set("Source.reader.type", "efo")
                            .set("Source.consumer.name", "tributary")
                            .set("Aggregate.sales.table", "tickit.ecomm.sale")
                            .set("Aggregate.sales.amount", "pricepaid")
                            .set("Aggregate.sales.window", "total")
                            .set("Aggregate.sales.output", figures));
            lake.assertIsTruth(RECORDING);
            assertThat(kinesis.records("cluster-figures")).isNotEmpty();
        }
    }

    private void run(LocalCluster cluster, JobSettings settings) throws Exception {
        Path config = settings.writeTo(directory.resolve("job.json"));
        String job = cluster.rest().run(FatJar.path(), List.of("--config", config.toString()), 1, null);
        cluster.rest().awaitState(job, "FINISHED", TIMEOUT);
    }
}
