package io.tributary.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawRecordTest {
    private static final RawRecord.Serializer SERIALIZER = new RawRecord.Serializer();

    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll("records") RawRecord record) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        SERIALIZER.serialize(record, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        RawRecords.assertSame(SERIALIZER.deserialize(in), record);
        assertThat(in.available()).isZero();
    }

    @Property(tries = 300)
    void whatIsCopiedInBinaryFormIsTheSame(@ForAll("records") RawRecord record) throws IOException {
        DataOutputSerializer written = new DataOutputSerializer(64);
        SERIALIZER.serialize(record, written);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        SERIALIZER.copy(new DataInputDeserializer(written.getCopyOfBuffer()), copied);
        assertThat(copied.getCopyOfBuffer()).isEqualTo(written.getCopyOfBuffer());
    }

    @Property(tries = 300)
    void transportPositionsSortAsOffsetsDo(@ForAll("offsets") long left, @ForAll("offsets") long right) {
        assertThat(Integer.signum(
                        at(left).transportPosition().compareTo(at(right).transportPosition())))
                .isEqualTo(Long.compare(left, right));
    }

    @Property(tries = 300)
    void kinesisPositionsSortAsSequenceNumbersDoAndInsideAnAggregateAsItsMessages(
            @ForAll("sequences") BigInteger left,
            @ForAll("sequences") BigInteger right,
            @ForAll @IntRange(max = 20_000) int first,
            @ForAll @IntRange(max = 20_000) int second) {
        assertThat(Integer.signum(ofKinesis(left, -1)
                        .transportPosition()
                        .compareTo(ofKinesis(right, first).transportPosition())))
                .isEqualTo(left.equals(right) ? -1 : left.compareTo(right));
        assertThat(Integer.signum(ofKinesis(left, first)
                        .transportPosition()
                        .compareTo(ofKinesis(left, second).transportPosition())))
                .isEqualTo(Integer.compare(first, second));
    }

    @Property(tries = 100)
    void aMessageThatWasSentAgainHasItsFirstPlaceInTheOrderHoweverOftenThatWas(
            @ForAll("offsets") long first, @ForAll("offsets") long second, @ForAll("offsets") long third) {
        RawRecord again = replayed(second, ReplayHeader.of(at(first)));
        RawRecord andAgain = replayed(third, ReplayHeader.of(again));
        assertThat(again.transportPosition()).isEqualTo(at(first).transportPosition());
        assertThat(andAgain.transportPosition()).isEqualTo(at(first).transportPosition());
        assertThat(andAgain.coordinates()).isEqualTo("t[0]@" + third);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0@-5", "0@", "0@x", "@5", "0@99999999999999999999", "0@9223372036854775808", "5", "", "0@5 "})
    void aHeaderThatIsNoPlaceCountsForNothing(String header) {
        assertThat(replayed(7, header.getBytes(StandardCharsets.UTF_8)).transportPosition())
                .isEqualTo(at(7).transportPosition());
    }

    @Property(tries = 1_000)
    void anyBytesInTheHeaderAreAPlaceOrNothing(@ForAll byte[] header) {
        RawRecord record = replayed(7, header);
        assertThat(ReplayHeader.firstOffset(record)).isNotNegative();
        assertThat(ReplayHeader.firstOffset(replayed(8, ReplayHeader.of(record))))
                .isEqualTo(ReplayHeader.firstOffset(record));
    }

    private static RawRecord replayed(long offset, byte[] header) {
        Headers headers = new Headers(new String[] {ReplayHeader.NAME}, new byte[][] {header});
        return RawRecord.ofKafka("t", 0, offset, 0, null, null, headers);
    }

    @Test
    void messagesShowNoPayload() {
        assertThat(ofKinesis(BigInteger.TEN, -1)).hasToString("s[3]@10");
        assertThat(ofKinesis(BigInteger.TEN, 4)).hasToString("s[3]@10.4");
        RawRecord record = RawRecord.ofKafka("t", 1, 2, 3, "hush".getBytes(), "hush".getBytes(), Headers.NONE);
        assertThat(record).hasToString("t[1]@2");
    }

    @Provide
    Arbitrary<Long> offsets() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE);
    }

    /** Up to 56 digits, as Kinesis has them. */
    @Provide
    Arbitrary<BigInteger> sequences() {
        return Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TEN.pow(56));
    }

    private static RawRecord ofKinesis(BigInteger sequence, long subSequence) {
        return new RawRecord("s", 3, subSequence, sequence.toString(), 0, null, "hush".getBytes(), Headers.NONE);
    }

    @Provide
    Arbitrary<RawRecord> records() {
        return RawRecords.any();
    }

    private static RawRecord at(long offset) {
        return RawRecord.ofKafka("t", 0, offset, 0, null, null, Headers.NONE);
    }
}
