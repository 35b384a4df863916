package io.tributary.deadletter;

import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers that a dead letter carries in a Kafka topic, after its own: where it came from and why it is here. The
 * values are UTF-8 text. Whoever sends a dead letter in again takes them off.
 */
public final class DeadLetterHeaders {
    /** What the names of all of them start with. */
    public static final String PREFIX = "tributary.dead-letter.";
    /** The topic or stream it was read from. */
    public static final String TOPIC = PREFIX + "topic";
    /** The partition, or the shard's number. */
    public static final String PARTITION = PREFIX + "partition";
    /** The Kafka offset; for Kinesis the place in a KPL-aggregated record, absent where the record is one message. */
    public static final String OFFSET = PREFIX + "offset";
    /** The Kinesis sequence number; absent for Kafka. */
    public static final String SEQUENCE_NUMBER = PREFIX + "sequence-number";
    /** The message's own timestamp, milliseconds since 1970; -1 where unknown. */
    public static final String TIMESTAMP = PREFIX + "timestamp";
    /** {@link Stage#label()}. */
    public static final String STAGE = PREFIX + "stage";
    /** {@link Reason#label()}. */
    public static final String REASON = PREFIX + "reason";
    /** One line for people. */
    public static final String MESSAGE = PREFIX + "message";

    private DeadLetterHeaders() {}

    /**
     * Reads a message of a topic of dead letters.
     *
     * @param all the message's headers, those of the original and those above
     * @return the dead letter that was written as this message
     * @throws IOException where the headers above are missing, or are not of this version
     */
    public static DeadLetter read(byte[] key, byte[] value, Headers all) throws IOException {
        List<String> names = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (!isProvenance(all.name(i))) {
                names.add(all.name(i));
                values.add(all.value(i));
            }
        }
        if (text(all, TOPIC) == null) {
            throw new IOException("The message is no dead letter: it has no header " + TOPIC);
        }
        try {
            String offset = text(all, OFFSET);
            RawRecord record = new RawRecord(
                    text(all, TOPIC),
                    Integer.parseInt(text(all, PARTITION)),
                    offset == null ? -1 : Long.parseLong(offset),
                    text(all, SEQUENCE_NUMBER),
                    Long.parseLong(text(all, TIMESTAMP)),
                    key,
                    value,
                    new Headers(names.toArray(new String[0]), values.toArray(new byte[0][])));
            return new DeadLetter(
                    record,
                    Stage.ofLabel(String.valueOf(text(all, STAGE))),
                    Reason.ofLabel(String.valueOf(text(all, REASON))),
                    String.valueOf(text(all, MESSAGE)));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "The message is no dead letter of this version: a header of " + PREFIX + "* cannot be read", e);
        }
    }

    private static String text(Headers headers, String name) {
        byte[] value = headers.last(name);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /** @return whether a header was added by Tributary */
    public static boolean isProvenance(String name) {
        return name.startsWith(PREFIX);
    }

    /** @return the record's own headers as they came, then those above */
    static RecordHeaders of(DeadLetter letter) {
        RecordHeaders headers = new RecordHeaders();
        Headers original = letter.record().headers();
        for (int i = 0; i < original.size(); i++) {
            headers.add(new RecordHeader(original.name(i), original.value(i)));
        }
        provenance(letter)
                .forEach((name, text) -> headers.add(new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8))));
        return headers;
    }

    private static Map<String, String> provenance(DeadLetter letter) {
        RawRecord record = letter.record();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(TOPIC, record.topic());
        headers.put(PARTITION, Integer.toString(record.partition()));
        if (record.sequenceNumber() != null) {
            headers.put(SEQUENCE_NUMBER, record.sequenceNumber());
        }
        if (record.sequenceNumber() == null || record.offset() >= 0) {
            headers.put(OFFSET, Long.toString(record.offset()));
        }
        headers.put(TIMESTAMP, Long.toString(record.timestamp()));
        headers.put(STAGE, letter.stage().label());
        headers.put(REASON, letter.reason().label());
        headers.put(MESSAGE, letter.message());
        return headers;
    }
}
