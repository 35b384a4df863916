package io.tributary.source.kinesis;

import java.io.IOException;
import java.util.Date;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.streaming.connectors.kinesis.model.SentinelSequenceNumber;
import org.apache.flink.streaming.connectors.kinesis.model.SequenceNumber;
import org.apache.flink.streaming.connectors.kinesis.model.StartingPosition;

/** How far a shard has been read. Immutable. */
final class ShardPosition {
    /** The sub-sequence number of a record that is one message. */
    static final long NOT_AGGREGATED = -1;

    static final ShardPosition HORIZON = new ShardPosition(Kind.HORIZON, 0, null, NOT_AGGREGATED);
    static final ShardPosition END = new ShardPosition(Kind.END, 0, null, NOT_AGGREGATED);

    private enum Kind {
        HORIZON,
        TIMESTAMP,
        AFTER,
        END
    }

    private final Kind kind;
    private final long timestamp;
    private final String sequence;
    private final long subSequence;

    private ShardPosition(Kind kind, long timestamp, String sequence, long subSequence) {
        this.kind = kind;
        this.timestamp = timestamp;
        this.sequence = sequence;
        this.subSequence = subSequence;
    }

    /** @param millis since the epoch: what has arrived then or later is to be read */
    static ShardPosition at(long millis) {
        return new ShardPosition(Kind.TIMESTAMP, millis, null, NOT_AGGREGATED);
    }

    /**
     * @param sequence of the record that was read last
     * @param subSequence of the last message of that record, where it is a KPL aggregate; else {@link
     *     #NOT_AGGREGATED}
     */
    static ShardPosition after(String sequence, long subSequence) {
        return new ShardPosition(Kind.AFTER, 0, Objects.requireNonNull(sequence, "sequence"), subSequence);
    }

    boolean isEnd() {
        return kind == Kind.END;
    }

    /** @return whether the message has been read: it is in the same aggregate as the last one, and not behind it */
    boolean covers(String otherSequence, long otherSubSequence) {
        return subSequence >= 0 && otherSubSequence <= subSequence && otherSequence.equals(sequence);
    }

    /** @return where the connector has to begin; of an aggregate that is read in part at the aggregate itself */
    StartingPosition start() {
        return kind == Kind.TIMESTAMP
                ? StartingPosition.fromTimestamp(new Date(timestamp))
                : StartingPosition.restartFromSequenceNumber(sequenceNumber());
    }

    /** @return as the connector is told how far a shard has been read */
    SequenceNumber sequenceNumber() {
        switch (kind) {
            case HORIZON:
                return SentinelSequenceNumber.SENTINEL_EARLIEST_SEQUENCE_NUM.get();
            case TIMESTAMP:
                return SentinelSequenceNumber.SENTINEL_AT_TIMESTAMP_SEQUENCE_NUM.get();
            case END:
                return SentinelSequenceNumber.SENTINEL_SHARD_ENDING_SEQUENCE_NUM.get();
            default:
                return subSequence < 0 ? new SequenceNumber(sequence) : new SequenceNumber(sequence, subSequence);
        }
    }

    void write(DataOutputView out) throws IOException {
        out.writeByte(kind.ordinal());
        if (kind == Kind.TIMESTAMP) {
            out.writeLong(timestamp);
        } else if (kind == Kind.AFTER) {
            out.writeUTF(sequence);
            out.writeLong(subSequence);
        }
    }

    static ShardPosition read(DataInputView in) throws IOException {
        switch (Kind.values()[in.readByte()]) {
            case TIMESTAMP:
                return at(in.readLong());
            case AFTER:
                return after(in.readUTF(), in.readLong());
            case END:
                return END;
            default:
                return HORIZON;
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ShardPosition)) {
            return false;
        }
        ShardPosition that = (ShardPosition) other;
        return kind == that.kind
                && timestamp == that.timestamp
                && subSequence == that.subSequence
                && Objects.equals(sequence, that.sequence);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, timestamp, sequence, subSequence);
    }

    @Override
    public String toString() {
        switch (kind) {
            case TIMESTAMP:
                return "from " + new Date(timestamp).toInstant();
            case AFTER:
                return "after " + sequence + (subSequence < 0 ? "" : "." + subSequence);
            default:
                return kind == Kind.END ? "at the end" : "from the beginning";
        }
    }
}
