package io.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.TributaryJob;
import io.tributary.config.Arguments;
import io.tributary.config.SourceOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.metrics.MetricNames;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be checked of {@code deploy/template.yaml} without AWS. */
class TemplateTest {
    private static final Path DEPLOY = Path.of("deploy");
    private static final Pattern QUERIED = Pattern.compile("SELECT [A-Z]+\\(\"([^\"]+)\"\\)");
    /** The service's own, at the level of the application. */
    private static final Set<String> SERVICE_METRICS =
            Set.of("downtime", "numberOfFailedCheckpoints", "fullRestarts", "heapMemoryUtilization");

    private static final Map<String, String> LEAST = Map.of(
            "CodeBucket", "code",
            "CodeKey", "tributary.jar",
            "BootstrapServers", "b-1.tickit.abc123.c2.kafka.eu-west-1.amazonaws.com:9098",
            "MskClusterArn", "arn:aws:kafka:eu-west-1:123456789012:cluster/tickit/0a1b-2",
            "TopicPattern", "tickit\\..*",
            "TopicPrefix", "tickit.",
            "SubnetIds", "subnet-1,subnet-2",
            "SecurityGroupIds", "sg-1",
            "LakeBucket", "lake");
    private static final Map<String, String> MOST = with(
            LEAST,
            Map.of(
                    "LakeKmsKeyArn", "arn:aws:kms:eu-west-1:123456789012:key/1",
                    "OutputTopicPrefix", "figures.",
                    "DeadLetterTopic", "figures.dead",
                    "CatalogDatabase", "lake",
                    "AlarmTopicArn", "arn:aws:sns:eu-west-1:123456789012:alarms"));
    private static final Map<String, String> STREAMS = Map.of(
            "CodeBucket", "code",
            "CodeKey", "tributary.jar",
            "LakeBucket", "lake",
            "SourceType", "kinesis",
            "StreamArns",
                    "arn:aws:kinesis:eu-west-1:123456789012:stream/one,arn:aws:kinesis:eu-west-1:123456789012:stream/two");
    private static final Map<String, String> FAN_OUT = with(
            STREAMS,
            Map.of(
                    "StreamConsumer", "tributary",
                    "OutputStreamArns", "arn:aws:kinesis:eu-west-1:123456789012:stream/figures"));
    private static final Map<String, String> OTHER_REGISTRY =
            with(LEAST, Map.of("RegistryType", "apicurio", "RegistryUrl", "http://registry.internal:8080"));

    @TempDir
    Path directory;

    private static Stream<Map<String, String>> parameters() {
        return Stream.of(LEAST, MOST, OTHER_REGISTRY, STREAMS, FAN_OUT);
    }

    @Test
    void everyResourceIsAsCloudFormationKnowsIt() throws IOException {
        Template template = Template.read(DEPLOY.resolve("template.yaml"));
        Set<String> types = template.section("Resources").values().stream()
                .map(resource -> ((Map<?, ?>) resource).get("Type").toString())
                .collect(Collectors.toCollection(TreeSet::new));
        ResourceSpecification specification = ResourceSpecification.of(types);
        parameters()
                .forEach(values -> template.stack(values)
                        .resources()
                        .forEach((name, resource) -> assertThat(specification.problems(name, resource))
                                .isEmpty()));
    }

    @Test
    void everyParameterIsUsedAndShown() throws IOException {
        String text = Files.readString(DEPLOY.resolve("template.yaml"));
        Template template = Template.read(DEPLOY.resolve("template.yaml"));
        template.section("Parameters").keySet().forEach(name -> {
            assertThat(text).as(name).containsPattern("!Ref " + name + "\\b|\\$\\{" + name + "}");
            assertThat(text.substring(0, text.indexOf("\nParameters:")))
                    .as(name)
                    .contains(name);
        });
    }

    @Test
    void theJobTakesItsPropertyGroups() throws IOException {
        Template template = Template.read(DEPLOY.resolve("template.yaml"));
        for (Map<String, String> values : parameters().collect(Collectors.toList())) {
            Configuration source = load(propertyGroups(template.stack(values))).group(SourceOptions.GROUP);
            assertThat(source.get(SourceOptions.TOPIC_PATTERN)).isEqualTo(values.get("TopicPattern"));
            assertThat(source.get(SourceOptions.STREAM_ARNS)).isEqualTo(values.get("StreamArns"));
        }
    }

    @Test
    void theJobTakesTheSamples() throws IOException {
        List<Path> samples;
        try (Stream<Path> files = Files.list(DEPLOY)) {
            samples = files.filter(file -> file.toString().endsWith(".json")).collect(Collectors.toList());
        }
        assertThat(samples).isNotEmpty();
        for (Path sample : samples) {
            assertThat(TributaryJob.load(Arguments.parse("--config", sample.toString())))
                    .as("%s", sample)
                    .isNotNull();
        }
    }

    @Test
    void theRoleMayDoWhatTheTableSaysAndNoMore() throws IOException {
        List<Permissions.Row> table = Permissions.table(DEPLOY.resolve("permissions.md"));
        Template template = Template.read(DEPLOY.resolve("template.yaml"));
        Set<String> granted = new TreeSet<>();
        parameters()
                .forEach(values -> Permissions.of(template.stack(values))
                        .forEach((statement, actions) ->
                                actions.forEach(action -> granted.add(statement + " " + action))));
        assertThat(granted)
                .containsExactlyInAnyOrderElementsOf(table.stream()
                        .map(row -> row.statement() + " " + row.action())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void whatIsNotAskedForIsNotAllowed() throws IOException {
        Template template = Template.read(DEPLOY.resolve("template.yaml"));
        assertThat(Permissions.of(template.stack(LEAST)))
                .doesNotContainKeys(
                        "LakeKey", "KeepCatalog", "WriteTopics", "WriteIdempotently", "WriteInTransactions");
        assertThat(Permissions.of(template.stack(LEAST)).keySet())
                .doesNotContain("ReadStreams", "RegisterConsumer", "SubscribeToShards", "WriteStreams");
        assertThat(Permissions.of(template.stack(OTHER_REGISTRY))).doesNotContainKey("ReadSchemas");
        assertThat(Permissions.of(template.stack(STREAMS)))
                .doesNotContainKeys("Cluster", "ReadTopics", "NetworkInterfaces", "SubscribeToShards", "WriteStreams");
    }

    @Test
    void thePermissionsAreOnTheClustersOwnTopicsAndGroups() throws IOException {
        Map<String, Object> role = Template.read(DEPLOY.resolve("template.yaml"))
                .stack(MOST)
                .resources()
                .get("Role")
                .properties();
        assertThat(role.toString())
                .contains("arn:aws:kafka:eu-west-1:123456789012:topic/tickit/0a1b-2/tickit.*")
                .contains("arn:aws:kafka:eu-west-1:123456789012:group/tickit/0a1b-2/tributary")
                .contains("arn:aws:kafka:eu-west-1:123456789012:topic/tickit/0a1b-2/figures.*")
                .contains("arn:aws:kafka:eu-west-1:123456789012:transactional-id/tickit/0a1b-2/tributary-*")
                .contains("arn:aws:s3:::lake/lake/*");
    }

    @Test
    void alarmsAreOnMetricsThatReachCloudWatch() throws Exception {
        Set<String> own = new TreeSet<>();
        for (Field field : MetricNames.class.getFields()) {
            own.add(field.get(null).toString());
        }
        own.removeAll(Set.of(MetricNames.FRESHNESS_MS, MetricNames.COMMIT_MS));
        Set<String> seen = new TreeSet<>();
        Template.read(DEPLOY.resolve("template.yaml"))
                .stack(LEAST)
                .ofType("AWS::CloudWatch::Alarm")
                .forEach((name, alarm) -> metricsOf(alarm.properties()).forEach(metric -> {
                    seen.add(metric);
                    assertThat(SERVICE_METRICS.contains(metric) || own.contains(metric))
                            .as("%s watches %s", name, metric)
                            .isTrue();
                }));
        assertThat(seen).containsAll(SERVICE_METRICS).contains(MetricNames.LAST_FRESHNESS_MS, MetricNames.FAILURES);
    }

    private static Set<String> metricsOf(Object value) {
        Set<String> metrics = new TreeSet<>();
        if (value instanceof Map) {
            Stack.map(value).forEach((key, each) -> {
                if (key.equals("MetricName")) {
                    metrics.add(each.toString());
                }
                Matcher queried = QUERIED.matcher(each.toString());
                if (key.equals("Expression") && queried.find()) {
                    metrics.add(queried.group(1));
                }
                metrics.addAll(metricsOf(each));
            });
        } else if (value instanceof List) {
            ((List<?>) value).forEach(each -> metrics.addAll(metricsOf(each)));
        }
        return metrics;
    }

    private static Object propertyGroups(Stack stack) {
        Object configuration = stack.resources().get("Application").properties().get("ApplicationConfiguration");
        return Stack.map(Stack.map(configuration).get("EnvironmentProperties")).get("PropertyGroups");
    }

    private TributaryConfig load(Object groups) throws IOException {
        Path file = directory.resolve("application-properties.json");
        Files.write(file, new ObjectMapper().writeValueAsBytes(new ArrayList<>((List<?>) groups)));
        return TributaryJob.load(Arguments.parse("--config", file.toString()));
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
