package io.tributary.local.recording;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.clientlibrary.types.Messages;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard;
import org.apache.flink.kinesis.shaded.com.google.protobuf.ByteString;

/**
 * A record with several messages in it, as the Kinesis Producer Library makes them: four magic bytes, a protobuf message,
 * its MD5 (https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md).
 */
public final class AggregatedRecord {
    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

    private final Messages.AggregatedRecord.Builder content = Messages.AggregatedRecord.newBuilder();

    /** Adds a message behind the others. */
    public AggregatedRecord add(String partitionKey, byte[] value) {
        int index = content.getPartitionKeyTableList().indexOf(partitionKey);
        if (index < 0) {
            index = content.getPartitionKeyTableCount();
            content.addPartitionKeyTable(partitionKey);
        }
        content.addRecords(
                Messages.Record.newBuilder().setPartitionKeyIndex(index).setData(ByteString.copyFrom(value)));
        return this;
    }

    public int size() {
        return content.getRecordsCount();
    }

    /** @return the record's data */
    public byte[] toBytes() {
        byte[] message = content.build().toByteArray();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        out.writeBytes(message);
        out.writeBytes(md5(message));
        return out.toByteArray();
    }

    PutRecordsRequestEntry toEntry(Shard shard) {
        return new PutRecordsRequestEntry()
                .withPartitionKey("a")
                .withExplicitHashKey(shard.getHashKeyRange().getStartingHashKey())
                .withData(ByteBuffer.wrap(toBytes()));
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no MD5", e);
        }
    }
}
