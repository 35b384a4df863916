package io.tributary.deadletter;

import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import org.apache.flink.api.common.serialization.SerializationSchema;

/**
 * A dead letter as the data of a Kinesis record: a {@link DeadLetterLine}, since Kinesis has neither keys as bytes nor
 * headers. In base64 a payload may outgrow what a record can hold: then the line comes without it, and says so.
 */
final class DeadLetterRecord implements SerializationSchema<DeadLetter> {
    private static final long serialVersionUID = 1L;

    private final int maxBytes;

    DeadLetterRecord(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public byte[] serialize(DeadLetter letter) {
        byte[] line = DeadLetterLine.write(letter);
        return line.length <= maxBytes ? line : DeadLetterLine.write(withoutPayload(letter, line.length));
    }

    private DeadLetter withoutPayload(DeadLetter letter, int length) {
        RawRecord record = letter.record();
        return new DeadLetter(
                new RawRecord(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.sequenceNumber(),
                        record.timestamp(),
                        null,
                        null,
                        Headers.NONE),
                letter.stage(),
                letter.reason(),
                letter.message() + " (Key, value and headers are left out: the line has " + length
                        + " bytes, and a Kinesis record takes " + maxBytes
                        + ". They are where the record was read, or set DeadLetter.type=directory.)");
    }
}
