package io.tributary.source;

import io.tributary.types.Binary;
import io.tributary.types.ImmutableSerializer;
import io.tributary.types.ImmutableTypeInfo;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One message as the transport delivered it: bytes and coordinates, nothing interpreted. Immutable; the arrays belong
 * to the record and must not be changed.
 */
public final class RawRecord {
    public static final TypeInformation<RawRecord> TYPE = new ImmutableTypeInfo<>(RawRecord.class, new Serializer());
    private static final int SEQUENCE_DIGITS = 64;
    private static final int OFFSET_DIGITS = 20;
    private static final int SUB_SEQUENCE_DIGITS = 8;

    private final String topic;
    private final int partition;
    private final long offset;
    private final String sequenceNumber;
    private final long timestamp;
    private final byte[] key;
    private final byte[] value;
    private final Headers headers;

    /**
     * @param topic the Kafka topic or the Kinesis stream
     * @param partition the partition, or the number of the shard
     * @param offset the Kafka offset; for Kinesis the message's place in a KPL-aggregated record (its sub-sequence
     *     number), -1 where the record is one message
     * @param sequenceNumber the Kinesis sequence number (decimal digits); null for Kafka
     * @param timestamp milliseconds since the epoch as the transport gives it; -1 where unknown
     * @param key the message key; null where there is none
     * @param value the message value; null for a tombstone
     * @param headers never null
     */
    public RawRecord(
            String topic,
            int partition,
            long offset,
            String sequenceNumber,
            long timestamp,
            byte[] key,
            byte[] value,
            Headers headers) {
        this.topic = Objects.requireNonNull(topic, "topic");
        this.partition = partition;
        this.offset = offset;
        this.sequenceNumber = sequenceNumber;
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        this.headers = Objects.requireNonNull(headers, "headers");
    }

    /** A record of a Kafka topic. */
    public static RawRecord ofKafka(
            String topic, int partition, long offset, long timestamp, byte[] key, byte[] value, Headers headers) {
        return new RawRecord(topic, partition, offset, null, timestamp, key, value, headers);
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    /** @return the Kinesis sequence number; null for Kafka */
    public String sequenceNumber() {
        return sequenceNumber;
    }

    public long timestamp() {
        return timestamp;
    }

    /** @return the key's bytes; null where there is no key */
    public byte[] key() {
        return key;
    }

    /** @return the value's bytes; null for a tombstone */
    public byte[] value() {
        return value;
    }

    /** @return bytes of key and value together */
    public int payloadBytes() {
        return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }

    public Headers headers() {
        return headers;
    }

    /**
     * @return the place in the transport as text of fixed width that sorts as the transport orders its records; of a
     *     message that was sent in again its first place, see {@link ReplayHeader}
     */
    public String transportPosition() {
        return sequenceNumber == null
                ? pad(Long.toString(Math.max(0, ReplayHeader.firstOffset(this))), OFFSET_DIGITS)
                : pad(sequenceNumber, SEQUENCE_DIGITS) + subSequence(SUB_SEQUENCE_DIGITS);
    }

    /** @return {@code topic[partition]@offset}, for messages; holds no payload */
    public String coordinates() {
        return topic + "[" + partition + "]@"
                + (sequenceNumber == null ? Long.toString(offset) : sequenceNumber + subSequence(1));
    }

    private String subSequence(int digits) {
        return offset < 0 ? "" : "." + pad(Long.toString(offset), digits);
    }

    @Override
    public String toString() {
        return coordinates();
    }

    private static String pad(String digits, int width) {
        return digits.length() >= width ? digits : "0".repeat(width - digits.length()) + digits;
    }

    /** Writes and reads a record for shuffles. */
    public static final class Serializer extends ImmutableSerializer<RawRecord> {
        private static final long serialVersionUID = 1L;

        @Override
        public void serialize(RawRecord record, DataOutputView out) throws IOException {
            out.writeUTF(record.topic);
            out.writeInt(record.partition);
            out.writeLong(record.offset);
            Binary.writeText(record.sequenceNumber, out);
            out.writeLong(record.timestamp);
            Binary.writeBytes(record.key, out);
            Binary.writeBytes(record.value, out);
            record.headers.write(out);
        }

        @Override
        public RawRecord deserialize(DataInputView in) throws IOException {
            return new RawRecord(
                    in.readUTF(),
                    in.readInt(),
                    in.readLong(),
                    Binary.readText(in),
                    in.readLong(),
                    Binary.readBytes(in),
                    Binary.readBytes(in),
                    Headers.read(in));
        }

        @Override
        public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** The serializer's entry in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
        public Snapshot() {
            super(Serializer::new);
        }
    }
}
