package io.tributary.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.recording.Recording;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the integration tests compare the topics with is what a SQL database gives. */
class TruthFiguresTest {
    @ParameterizedTest
    @ValueSource(strings = {"raw-headers-default", "unwrap-headers-default"})
    void theTruthIsThatOfSql(String name) throws Exception {
        Recording recording = Recording.bundled(name);
        try (TruthSql sql = new TruthSql(recording)) {
            for (RecordedAggregates aggregate : RecordedAggregates.values()) {
                assertThat(aggregate.truth(recording))
                        .as("%s", aggregate)
                        .isNotEmpty()
                        .isEqualTo(sql.figures(aggregate.select()));
            }
        }
    }
}
