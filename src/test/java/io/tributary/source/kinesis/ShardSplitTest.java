package io.tributary.source.kinesis;

import static org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.ShardIteratorType.AFTER_SEQUENCE_NUMBER;
import static org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.ShardIteratorType.AT_SEQUENCE_NUMBER;
import static org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.ShardIteratorType.AT_TIMESTAMP;
import static org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.ShardIteratorType.TRIM_HORIZON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Date;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShardSplitTest {
    private static final ShardSplit.Serializer SERIALIZER = new ShardSplit.Serializer();

    static Stream<ShardPosition> positions() {
        return Stream.of(
                ShardPosition.HORIZON,
                ShardPosition.at(1_700_000_000_123L),
                ShardPosition.after("49590338271490256608559692538361571095921575989136588898", -1),
                ShardPosition.after("49590338271490256608559692538361571095921575989136588898", 7),
                ShardPosition.END);
    }

    @ParameterizedTest
    @MethodSource("positions")
    void itComesBackFromACheckpoint(ShardPosition position) throws IOException {
        ShardSplit split = new ShardSplit(Shards.of(12, 3, 4), position);
        ShardSplit back = SERIALIZER.deserialize(SERIALIZER.getVersion(), SERIALIZER.serialize(split));
        assertThat(back.position()).isEqualTo(position);
        assertThat(back.splitId()).isEqualTo(split.splitId());
        assertThat(back.shard().parentIds()).containsExactly("s/" + Shards.id(3), "s/" + Shards.id(4));
        assertThat(back.shard().handle()).isEqualTo(split.shard().handle());
        assertThat(back.shard().number()).isEqualTo(12);
    }

    @Test
    void anotherVersionIsNotGuessed() {
        assertThatThrownBy(() -> SERIALIZER.deserialize(2, new byte[0])).hasMessageContaining("version 2");
    }

    @Test
    void theConnectorIsToldWhereToBegin() {
        assertThat(ShardPosition.HORIZON.start().getShardIteratorType()).isEqualTo(TRIM_HORIZON);
        assertThat(ShardPosition.at(5).start().getShardIteratorType()).isEqualTo(AT_TIMESTAMP);
        assertThat(ShardPosition.at(5).start().getStartingMarker()).isEqualTo(new Date(5));
        assertThat(ShardPosition.after("1", -1).start().getShardIteratorType()).isEqualTo(AFTER_SEQUENCE_NUMBER);
        assertThat(ShardPosition.after("1", 0).start().getShardIteratorType())
                .as("the rest of the aggregate is still to be read")
                .isEqualTo(AT_SEQUENCE_NUMBER);
    }

    @Test
    void ofAnAggregateThatIsReadInPartTheBeginningIsCovered() {
        ShardPosition position = ShardPosition.after("12", 3);
        assertThat(position.covers("12", 3)).isTrue();
        assertThat(position.covers("12", 4)).isFalse();
        assertThat(position.covers("13", 0)).isFalse();
        assertThat(ShardPosition.after("12", -1).covers("13", -1)).isFalse();
        assertThat(ShardPosition.HORIZON.covers("12", 0)).isFalse();
    }
}
