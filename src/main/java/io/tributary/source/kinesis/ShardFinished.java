package io.tributary.source.kinesis;

import java.util.Objects;
import org.apache.flink.api.connector.source.SourceEvent;

/** A reader tells the enumerator that a shard is read to its end. Immutable. */
final class ShardFinished implements SourceEvent {
    private static final long serialVersionUID = 1L;

    private final String splitId;

    ShardFinished(String splitId) {
        this.splitId = Objects.requireNonNull(splitId, "splitId");
    }

    String splitId() {
        return splitId;
    }

    @Override
    public String toString() {
        return splitId + " is finished";
    }
}
