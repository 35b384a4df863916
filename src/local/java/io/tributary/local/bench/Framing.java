package io.tributary.local.bench;

import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.nio.ByteBuffer;

/** Where a message's schema ids are; Glue's framing is left out, whose registry wants signed requests. */
public enum Framing {
    /** {@code 00} and four bytes. */
    CONFLUENT,
    /** {@code 00} and eight bytes. */
    APICURIO,
    /** In the headers; key and value are bare Avro. */
    APICURIO_HEADERS;

    /**
     * @param key the key in Confluent's framing
     * @param value the value in Confluent's framing
     */
    RawRecord record(String topic, long offset, byte[] key, byte[] value) {
        Headers headers = this == APICURIO_HEADERS
                ? new Headers(
                        new String[] {"apicurio.key.globalId", "apicurio.value.globalId"},
                        new byte[][] {eightBytes(key), eightBytes(value)})
                : Headers.NONE;
        return RawRecord.ofKafka(topic, 0, offset, 1_700_000_000_000L, framed(key), framed(value), headers);
    }

    /** @return where the Avro begins */
    int prefix() {
        return this == CONFLUENT ? 5 : this == APICURIO ? 9 : 0;
    }

    private byte[] framed(byte[] confluent) {
        ByteBuffer framed = ByteBuffer.allocate(confluent.length - CONFLUENT.prefix() + prefix());
        if (this == CONFLUENT) {
            return confluent;
        }
        if (this == APICURIO) {
            framed.put((byte) 0).put(eightBytes(confluent));
        }
        return framed.put(confluent, CONFLUENT.prefix(), confluent.length - CONFLUENT.prefix())
                .array();
    }

    private static byte[] eightBytes(byte[] confluent) {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(ByteBuffer.wrap(confluent).getInt(1))
                .array();
    }
}
