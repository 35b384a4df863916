package io.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.Arguments;
import io.tributary.config.ConfigException;
import io.tributary.config.DeclaredOption;
import io.tributary.config.EffectiveConfig;
import io.tributary.config.OptionGroup;
import io.tributary.config.OptionGroups;
import io.tributary.config.TributaryConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.jsonplan.JsonPlanGenerator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No secret shows where people look: configurations as text, exceptions, and what Flink's web interface shows of a job. */
class SecretsTest {
    private static final String SECRET = "hunter2";

    /** Every secret option of its own, with a second one that is wrong, and what may hold secrets under free names. */
    static Stream<List<String>> settings() {
        List<List<String>> all = new ArrayList<>();
        for (OptionGroup group : OptionGroups.ALL) {
            for (DeclaredOption option : group.options().values()) {
                if (option.secret()) {
                    String set = group.name() + "." + option.key() + "=" + SECRET;
                    all.add(List.of(set));
                    all.add(List.of(set, "Lake.bukets=7", "SchemaRegistry.url="));
                }
            }
        }
        all.add(List.of("Auth.type=scram", "Auth.username=me", "Auth.password=" + SECRET));
        all.add(List.of("SchemaRegistry.username=me", "SchemaRegistry.password=" + SECRET));
        all.add(List.of("SchemaRegistry.url=https://me:" + SECRET + "@registry/"));
        all.add(List.of("Source.kafka.sasl.jaas.config=Module required password=" + SECRET + ";"));
        all.add(List.of("Lake.hadoop.fs.s3a.secret.key=" + SECRET, "DeadLetter.kafka.ssl.key.password=" + SECRET));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void nothingThatIsShownHoldsASecret(List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of("--config", "application-properties.json"));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        TributaryConfig config;
        try {
            config = TributaryJob.load(Arguments.parse(arguments.toArray(String[]::new)));
        } catch (ConfigException e) {
            assertThat(trace(e)).doesNotContain(SECRET);
            return;
        }
        assertThat(config.toString()).doesNotContain(SECRET);
        assertThat(EffectiveConfig.describe(config)).doesNotContain(SECRET);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        TributaryJob.compose(env, config);
        assertThat(env.getConfig().getGlobalJobParameters().toMap().toString()).doesNotContain(SECRET);
        JobGraph graph = env.getStreamGraph().getJobGraph();
        assertThat(JsonPlanGenerator.generatePlan(graph))
                .contains("Dead letters")
                .doesNotContain(SECRET);
        for (JobVertex vertex : graph.getVertices()) {
            assertThat(vertex + " " + vertex.getOperatorPrettyName() + " " + vertex.getResultOptimizerProperties())
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void whatSoundsSecretIsMarkedSo() {
        assertThat(OptionGroups.ALL)
                .flatExtracting(group -> group.options().values())
                .filteredOn(option -> option.key().matches(".*(password|secret|token|credential|passphrase).*"))
                .hasSizeGreaterThan(5)
                .allMatch(DeclaredOption::secret, "is a secret");
    }

    private static String trace(Exception e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
