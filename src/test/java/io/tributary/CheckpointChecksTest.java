package io.tributary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.ConfigException;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointChecksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "execution.checkpointing.unaligned.enabled",
                "execution.checkpointing.unaligned",
                "execution.checkpointing.unaligned.forced"
            })
    void unalignedCheckpointsAreRefusedByTheirKey(String key) {
        StreamExecutionEnvironment env = environment(Map.of(key, "true"));
        assertThatThrownBy(() -> CheckpointChecks.refuseUnaligned(env.getCheckpointConfig()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("lose data");
    }

    @Test
    void alignedCheckpointsAreFine() {
        assertThatCode(() ->
                        CheckpointChecks.refuseUnaligned(environment(Map.of()).getCheckpointConfig()))
                .doesNotThrowAnyException();
    }

    @Test
    void checkpointsAreTurnedOnWhereNobodyDid() {
        StreamExecutionEnvironment env = environment(Map.of());
        CheckpointChecks.enableByDefault(env, false);
        assertThat(env.getCheckpointConfig().getCheckpointInterval()).isEqualTo(10_000);
    }

    @Test
    void anIntervalThatIsSetStays() {
        StreamExecutionEnvironment env = environment(Map.of("execution.checkpointing.interval", "3 s"));
        CheckpointChecks.enableByDefault(env, false);
        assertThat(env.getCheckpointConfig().getCheckpointInterval()).isEqualTo(3_000);
    }

    @Test
    void onTheServiceCheckpointsAreLeftToIt() {
        StreamExecutionEnvironment env = environment(Map.of());
        CheckpointChecks.enableByDefault(env, true);
        assertThat(env.getCheckpointConfig().isCheckpointingEnabled()).isFalse();
    }

    private static StreamExecutionEnvironment environment(Map<String, String> settings) {
        return StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(settings));
    }
}
