package io.tributary.source;

import io.tributary.config.StartPosition;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializerValidator;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where partitions begin that have no restored offset. Flink's own initializers also make the consumer jump, without a
 * word, when an offset it stands at has expired; this one makes it fail, since what was between would be lost. Only
 * {@code committed} cannot tell the two cases apart and goes to the earliest offset in both.
 */
final class StartOffsets implements OffsetsInitializer, OffsetsInitializerValidator {
    private static final long serialVersionUID = 1L;

    private final OffsetsInitializer offsets;
    private final OffsetResetStrategy strategy;

    private StartOffsets(OffsetsInitializer offsets, OffsetResetStrategy strategy) {
        this.offsets = offsets;
        this.strategy = strategy;
    }

    static StartOffsets of(StartPosition start) {
        switch (start.kind()) {
            case LATEST:
                return new StartOffsets(OffsetsInitializer.latest(), OffsetResetStrategy.NONE);
            case COMMITTED:
                return new StartOffsets(
                        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST),
                        OffsetResetStrategy.EARLIEST);
            case TIMESTAMP:
                return new StartOffsets(OffsetsInitializer.timestamp(start.timestamp()), OffsetResetStrategy.NONE);
            default:
                return new StartOffsets(OffsetsInitializer.earliest(), OffsetResetStrategy.NONE);
        }
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        return offsets.getPartitionOffsets(partitions, retriever);
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return strategy;
    }

    @Override
    public void validate(Properties properties) {
        if (offsets instanceof OffsetsInitializerValidator) {
            ((OffsetsInitializerValidator) offsets).validate(properties);
        }
    }
}
