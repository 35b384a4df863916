package io.tributary.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.StartPosition;
import java.util.Properties;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartOffsetsTest {
    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest", "timestamp:5"})
    void anOffsetThatHasExpiredIsAnErrorAndNoJump(String start) {
        assertThat(StartOffsets.of(StartPosition.parse(start)).getAutoOffsetResetStrategy())
                .isEqualTo(OffsetResetStrategy.NONE);
    }

    @Test
    void aGroupWithoutOffsetsBeginsAtTheEarliest() {
        assertThat(StartOffsets.of(StartPosition.parse("committed")).getAutoOffsetResetStrategy())
                .isEqualTo(OffsetResetStrategy.EARLIEST);
    }

    @Test
    void flinksOwnChecksAreMade() {
        assertThatThrownBy(
                        () -> StartOffsets.of(StartPosition.parse("committed")).validate(new Properties()))
                .hasMessageContaining("group.id");
    }
}
