package io.tributary.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.lake.StoredTable;
import io.tributary.local.cluster.LocalCluster;
import io.tributary.local.recording.Moment;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.local.recording.Truth;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fat jar on a stock Flink cluster: JobManager and TaskManagers as processes, child-first class loading. */
class ClusterITCase {
    private static final Recording RECORDING = Recording.bundled("raw-headers-default");
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private static LocalKafka kafka;
    private static LocalRegistry registry;
    private static LocalCluster cluster;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        registry = LocalRegistry.started();
        registry.importExport(RECORDING.registryExport());
        kafka = LocalKafka.started();
        new RecordingLoader(RECORDING, kafka).loadAll();
        cluster = LocalCluster.started(
                Path.of("target/cluster-it"),
                1,
                Map.of(
                        "execution.checkpointing.interval",
                        "2 s",
                        "restart-strategy.type",
                        "fixed-delay",
                        "restart-strategy.fixed-delay.attempts",
                        "4"));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (kafka != null) {
            kafka.close();
        }
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void theRestApiRunsTheJar() throws Exception {
        long start = System.nanoTime();
        String job = cluster.rest()
                .run(FatJar.path(), List.of("--config", config(true).toString()), 2, null);
        cluster.rest().awaitState(job, "FINISHED", TIMEOUT);
        System.out.println("REST: finished after " + (System.nanoTime() - start) / 1_000_000 + " ms");
        assertTruth();
    }

    @Test
    void flinkRunRunsTheJar() throws Exception {
        long start = System.nanoTime();
        String job = cluster.flink(List.of(
                        "run",
                        "-d",
                        FatJar.path().toString(),
                        "--config",
                        config(true).toString()))
                .jobId();
        cluster.rest().awaitState(job, "FINISHED", TIMEOUT);
        System.out.println("flink run: finished after " + (System.nanoTime() - start) / 1_000_000 + " ms");
        assertTruth();
    }

    private Path config(boolean bounded) throws Exception {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        groups.put(
                "Source",
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "topics", String.join(",", RECORDING.topics()),
                        "bounded", Boolean.toString(bounded)));
        groups.put("SchemaRegistry", Map.of("url", registry.url()));
        groups.put("Lake", Map.of("path", directory.resolve("lake").toUri().toString(), "buckets", "2"));
        List<Map<String, Object>> file = new ArrayList<>();
        groups.forEach((group, values) -> file.add(Map.of("PropertyGroupId", group, "PropertyMap", values)));
        Path path = directory.resolve("application-properties.json");
        new ObjectMapper().writeValue(path.toFile(), file);
        return path;
    }

    private void assertTruth() throws Exception {
        for (String table : RECORDING.tables()) {
            Truth truth = RECORDING.truth(table, Moment.FINAL);
            TreeSet<String> keys = new TreeSet<>();
            truth.rows().forEach(row -> keys.add(row.get(0)));
            assertThat(new StoredTable(directory
                                    .resolve("lake")
                                    .resolve(table)
                                    .toUri()
                                    .toString())
                            .live()
                            .keySet())
                    .as(table)
                    .isEqualTo(keys);
        }
        assertThat(Files.exists(directory.resolve("lake"))).isTrue();
    }
}
