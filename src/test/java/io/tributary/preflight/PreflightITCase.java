package io.tributary.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.job.JobSettings;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalRegistry;
import io.tributary.preflight.Finding.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks before the start against real servers: all well, then one thing after the other amiss. */
class PreflightITCase {
    private static final String SALE = "tickit.ecomm.sale";
    private static final Recording RECORDING = Recording.bundled("raw-headers-default");

    @TempDir
    Path directory;

    @Test
    void eachThingThatIsAmissIsNamedWithWhatToDo() throws Exception {
        try (LocalKafka kafka = LocalKafka.started();
                LocalRegistry registry = LocalRegistry.started();
                Admin admin = kafka.admin()) {
            registry.importExport(RECORDING.registryExport());
            new RecordingLoader(RECORDING, kafka).loadAll();
            kafka.createTopic("figures", 1, Map.of("cleanup.policy", "compact"));

            PreflightReport well = run(settings(kafka, registry));
            assertThat(well.findings())
                    .as(well.toString())
                    .extracting(Finding::level)
                    .containsOnly(Level.PASS);
            assertThat(well.findings())
                    .extracting(Finding::subject)
                    .contains("checkpoints", "source", "registry", "schemas", "lake", "lease", "tables", "outputs");

            kafka.createTopic("plain", 1, Map.of("cleanup.policy", "delete"));
            kafka.createTopic("empty.of.schemas", 1);
            PreflightReport amiss = run(settings(kafka, registry)
                    .set("Source.topics", SALE + ",not.there,empty.of.schemas")
                    .set("Aggregate.sales.output", "plain"));
            assertThat(texts(amiss, Level.FAIL))
                    .as(amiss.toString())
                    .singleElement()
                    .asString()
                    .contains("not.there");
            assertThat(texts(amiss, Level.WARN))
                    .as(amiss.toString())
                    .anyMatch(text -> text.contains("empty.of.schemas") && text.contains("-value"))
                    .anyMatch(text -> text.contains("plain") && text.contains("cleanup.policy=delete"))
                    .hasSize(2);

            TopicPartition first = new TopicPartition(SALE, 0);
            admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(20)))
                    .all()
                    .get();
            assertThat(texts(run(settings(kafka, registry)), Level.WARN))
                    .singleElement()
                    .asString()
                    .contains(SALE, "removed from Kafka", "snapshot");
            admin.alterConsumerGroupOffsets("tributary", Map.of(first, new OffsetAndMetadata(19)))
                    .all()
                    .get();
            assertThat(texts(run(settings(kafka, registry)), Level.FAIL))
                    .singleElement()
                    .asString()
                    .contains(SALE + "-0 at 19, begins at 20");

            registry.stop();
            kafka.stop();
            PreflightReport nothing = run(settings(kafka, registry));
            assertThat(texts(nothing, Level.FAIL))
                    .as(nothing.toString())
                    .anyMatch(text -> text.contains("no Kafka broker answers at " + kafka.bootstrapServers()))
                    .anyMatch(text -> text.contains(registry.url()));
        }
        assertThat(directory.resolve("lake/_preflight")).doesNotExist();
    }

    private PreflightReport run(JobSettings settings) throws InterruptedException {
        CheckpointSettings checkpoints = new CheckpointSettings(Duration.ofSeconds(10), true, true, true, false);
        return Preflight.of(settings.load(), checkpoints).run();
    }

    private JobSettings settings(LocalKafka kafka, LocalRegistry registry) throws Exception {
        Path lake = Files.createDirectories(directory.resolve("lake"));
        return JobSettings.of(kafka, registry, RECORDING.topics(), lake.toUri().toString())
                .set("Aggregate.sales.table", SALE)
                .set("Aggregate.sales.amount", "pricepaid")
                .set("Aggregate.sales.output", "figures");
    }

    private static List<String> texts(PreflightReport report, Level level) {
        return report.findings().stream()
                .filter(finding -> finding.level() == level)
                .map(Finding::toString)
                .collect(Collectors.toList());
    }
}
