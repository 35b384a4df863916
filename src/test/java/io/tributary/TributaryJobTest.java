package io.tributary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.Arguments;
import io.tributary.config.ConfigException;
import io.tributary.preflight.PreflightFailedException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class TributaryJobTest {
    private static final String[] SAMPLE = {"--config", "application-properties.json"};

    @Test
    void theSampleConfigurationIsAcceptedAndThenLooksForItsServers() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] arguments = {
            "--check",
            "--config",
            "application-properties.json",
            "--set",
            "Lake.buckets=7",
            "--set",
            "Source.bootstrap.servers=127.0.0.1:1"
        };
        assertThatThrownBy(() -> TributaryJob.answer(Arguments.parse(arguments), printTo(out)))
                .isInstanceOf(PreflightFailedException.class);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("bootstrap.servers = 127.0.0.1:1", "buckets = 7", "delete.mode = soft  (default)")
                .contains("Preflight", "no Kafka broker answers at 127.0.0.1:1");
    }

    @Test
    void aWrongConfigurationIsRefused() {
        assertThatThrownBy(() -> answer("--check", "--config", "application-properties.json", "--set", "Lake.bukets=7"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bukets");
    }

    @Test
    void everyPackagesProblemsAreInOneMessage() {
        assertThatThrownBy(() -> answer(
                        "--check",
                        "--config",
                        "application-properties.json",
                        "--set",
                        "SchemaRegistry.url=",
                        "--set",
                        "Lake.bukets=7"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("2 problems")
                .hasMessageContaining("url")
                .hasMessageContaining("bukets");
    }

    @Test
    void helpAndVersionAreAnswered() throws InterruptedException {
        assertThat(answer("--help")).startsWith("Usage:").contains("--set Group.key=value");
        assertThat(answer("--version")).startsWith("tributary ");
    }

    @Test
    void withoutSuchAWishTheJobRuns() throws InterruptedException {
        assertThat(TributaryJob.answer(Arguments.parse(SAMPLE), System.out)).isFalse();
    }

    @Test
    void everyOperatorHasAUidAndNothingFallsBackToKryo() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        TributaryJob.compose(env, TributaryJob.load(Arguments.parse(SAMPLE)));
        assertThat(env.getConfig().hasGenericTypesDisabled()).isTrue();
        assertThat(env.getStreamGraph().getStreamNodes())
                .isNotEmpty()
                .extracting(StreamNode::getTransformationUID)
                .doesNotContainNull();
    }

    private static PrintStream printTo(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String answer(String... args) throws InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(TributaryJob.answer(Arguments.parse(args), printTo(bytes))).isTrue();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
