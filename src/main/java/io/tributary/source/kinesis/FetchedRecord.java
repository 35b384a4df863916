package io.tributary.source.kinesis;

import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.clientlibrary.types.UserRecord;

/** A message of a shard, and where the shard has been read up to with it. Immutable. */
final class FetchedRecord {
    private final RawRecord record;
    private final ShardPosition position;

    private FetchedRecord(RawRecord record, ShardPosition position) {
        this.record = record;
        this.position = position;
    }

    /** The key is the partition key, in UTF-8; Kinesis has no headers, and no message without a value. */
    static FetchedRecord of(Shard shard, UserRecord message) {
        long subSequence = subSequence(message);
        String key = message.getPartitionKey();
        ByteBuffer data = message.getData().duplicate();
        if (DamagedAggregate.isHidden(key)) {
            key = DamagedAggregate.reveal(key);
            data = DamagedAggregate.reveal(data);
        }
        byte[] value = new byte[data.remaining()];
        data.get(value);
        RawRecord record = new RawRecord(
                shard.stream(),
                shard.number(),
                subSequence,
                message.getSequenceNumber(),
                message.getApproximateArrivalTimestamp() == null
                        ? -1
                        : message.getApproximateArrivalTimestamp().getTime(),
                key.getBytes(StandardCharsets.UTF_8),
                value,
                Headers.NONE);
        return new FetchedRecord(record, ShardPosition.after(message.getSequenceNumber(), subSequence));
    }

    static long subSequence(UserRecord message) {
        return message.isAggregated() ? message.getSubSequenceNumber() : ShardPosition.NOT_AGGREGATED;
    }

    RawRecord record() {
        return record;
    }

    ShardPosition position() {
        return position;
    }
}
