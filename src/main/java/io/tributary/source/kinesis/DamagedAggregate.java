package io.tributary.source.kinesis;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.clientlibrary.types.Messages;
import org.apache.flink.kinesis.shaded.com.google.protobuf.InvalidProtocolBufferException;

/**
 * A KPL aggregate (https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md) whose checksum is
 * right and whose messages refer to keys that it does not have. The connector's classes fail on such a record whenever it is
 * read, so that its shard would stand still for good, and log what is in it. So it is kept from them: they are given
 * something that looks like one message, and that is undone when they have passed it on. Then it is a message like any
 * other, of no format: a dead letter, with all its bytes.
 */
final class DamagedAggregate {
    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
    private static final int CHECKSUM = 16;
    /** Before the partition key of such a record; a noncharacter is in no text. */
    private static final String MARK = "\uFFFFdamaged aggregate\uFFFF";

    private DamagedAggregate() {}

    static boolean is(ByteBuffer data) {
        if (data.remaining() < MAGIC.length + CHECKSUM) {
            return false;
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if (data.get(data.position() + i) != MAGIC[i]) {
                return false;
            }
        }
        byte[] message = new byte[data.remaining() - MAGIC.length - CHECKSUM];
        byte[] checksum = new byte[CHECKSUM];
        ByteBuffer rest = data.duplicate();
        rest.position(data.position() + MAGIC.length);
        rest.get(message).get(checksum);
        if (!Arrays.equals(md5(message), checksum)) {
            return false;
        }
        try {
            return !refersToItsKeys(Messages.AggregatedRecord.parseFrom(message));
        } catch (InvalidProtocolBufferException e) {
            return false; // to the connector, too, it is one message
        }
    }

    private static boolean refersToItsKeys(Messages.AggregatedRecord aggregate) {
        for (Messages.Record message : aggregate.getRecordsList()) {
            if (!isIn(aggregate.getPartitionKeyTableList(), message.getPartitionKeyIndex())) {
                return false;
            }
            if (message.hasExplicitHashKeyIndex()) {
                List<String> hashKeys = aggregate.getExplicitHashKeyTableList();
                if (!isIn(hashKeys, message.getExplicitHashKeyIndex())
                        || !isNumber(hashKeys.get((int) message.getExplicitHashKeyIndex()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isIn(List<String> table, long index) {
        return index >= 0 && index < table.size();
    }

    private static boolean isNumber(String hashKey) {
        try {
            new BigInteger(hashKey);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no MD5, which Kinesis' aggregates are checked with", e);
        }
    }

    /** @return the key that tells {@link #isHidden} of the record */
    static String hide(String partitionKey) {
        return MARK + partitionKey;
    }

    /** @return data that is taken for one message */
    static ByteBuffer hide(ByteBuffer data) {
        ByteBuffer hidden = ByteBuffer.allocate(1 + data.remaining());
        hidden.put((byte) 0).put(data.duplicate());
        hidden.flip();
        return hidden;
    }

    static boolean isHidden(String partitionKey) {
        return partitionKey.startsWith(MARK);
    }

    static String reveal(String hiddenKey) {
        return hiddenKey.substring(MARK.length());
    }

    /** @return the data as it came */
    static ByteBuffer reveal(ByteBuffer hidden) {
        ByteBuffer data = hidden.duplicate();
        data.position(hidden.position() + 1);
        return data.slice();
    }
}
