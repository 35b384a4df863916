package io.tributary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.Arguments;
import io.tributary.config.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class TributaryJobTest {
    private static final String[] SAMPLE = {"--config", "application-properties.json"};

    @Test
    void theSampleConfigurationIsAccepted() {
        assertThat(answer("--check", "--config", "application-properties.json", "--set", "Lake.buckets=7"))
                .contains("bootstrap.servers = 127.0.0.1:9092", "buckets = 7", "delete.mode = soft  (default)");
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
    void helpAndVersionAreAnswered() {
        assertThat(answer("--help")).startsWith("Usage:").contains("--set Group.key=value");
        assertThat(answer("--version")).startsWith("tributary ");
    }

    @Test
    void withoutSuchAWishTheJobRuns() {
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

    private static String answer(String... args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        assertThat(TributaryJob.answer(Arguments.parse(args), out)).isTrue();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
