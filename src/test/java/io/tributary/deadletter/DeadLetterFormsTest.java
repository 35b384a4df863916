package io.tributary.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import io.tributary.source.RawRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** A dead letter on a shuffle, as a line of a file, and as a message of a topic. */
class DeadLetterFormsTest {
    @Property(tries = 300)
    void theSerializerReadsWhatItWrites(@ForAll("letters") DeadLetter letter) throws IOException {
        DeadLetter.Serializer serializer = new DeadLetter.Serializer();
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(letter, out);
        assertSame(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())), letter);
    }

    @Property(tries = 300)
    void aLineIsReadAsItWasWritten(@ForAll("letters") DeadLetter letter) throws IOException {
        String line = new String(DeadLetterLine.write(letter), StandardCharsets.UTF_8);
        assertThat(line).doesNotContain("\n");
        assertSame(DeadLetterLine.read(line), letter);
    }

    @Test
    void aLineHasTheFieldsOfARecording() throws IOException {
        RawRecord record = RawRecord.ofKafka(
                "t", 1, 2, 3, null, new byte[] {0, -1}, new Headers(new String[] {"h", "n"}, new byte[][] {{5}, null}));
        JsonNode line = new ObjectMapper()
                .readTree(DeadLetterLine.write(new DeadLetter(record, Stage.FORMAT, Reason.UNKNOWN_FORMAT, "why")));
        assertThat(line).isEqualTo(new ObjectMapper().readTree("""
                        {"topic": "t", "partition": 1, "offset": 2, "sequence": null, "timestamp": 3, "key": null,
                         "value": "AP8=", "headers": [["h", "BQ=="], ["n", null]], "stage": "format",
                         "reason": "unknown-format", "message": "why"}
                        """));
    }

    @Test
    void aLineThatIsNoDeadLetterIsRefused() {
        assertThatThrownBy(() -> DeadLetterLine.read("{}")).isInstanceOf(IOException.class);
    }

    @Property(tries = 300)
    void aMessageIsTheRecordAsItCameWithItsProvenanceBehind(@ForAll("letters") DeadLetter letter) {
        RawRecord record = letter.record();
        ProducerRecord<byte[], byte[]> message = new DeadLetterMessage("dead").serialize(letter, null, 5L);
        assertThat(message.topic()).isEqualTo("dead");
        assertThat(message.timestamp()).isNull();
        assertThat(message.key()).isEqualTo(record.key());
        assertThat(message.value()).isEqualTo(record.value());
        Header[] headers = message.headers().toArray();
        for (int i = 0; i < record.headers().size(); i++) {
            assertThat(headers[i].key()).isEqualTo(record.headers().name(i));
            assertThat(headers[i].value()).isEqualTo(record.headers().value(i));
        }
        boolean kinesis = record.sequenceNumber() != null;
        boolean offset = !kinesis || record.offset() >= 0;
        assertThat(Arrays.stream(headers).skip(record.headers().size()).map(Header::key))
                .containsExactly(Stream.of(
                                "tributary.dead-letter.topic",
                                "tributary.dead-letter.partition",
                                kinesis ? "tributary.dead-letter.sequence-number" : null,
                                offset ? "tributary.dead-letter.offset" : null,
                                "tributary.dead-letter.timestamp",
                                "tributary.dead-letter.stage",
                                "tributary.dead-letter.reason",
                                "tributary.dead-letter.message")
                        .filter(Objects::nonNull)
                        .toArray(String[]::new))
                .allMatch(DeadLetterHeaders::isProvenance);
        assertThat(text(message, DeadLetterHeaders.TOPIC)).isEqualTo(record.topic());
        assertThat(text(message, DeadLetterHeaders.PARTITION)).isEqualTo(String.valueOf(record.partition()));
        assertThat(text(message, DeadLetterHeaders.TIMESTAMP)).isEqualTo(String.valueOf(record.timestamp()));
        assertThat(text(message, DeadLetterHeaders.STAGE))
                .isEqualTo(letter.stage().label());
        assertThat(text(message, DeadLetterHeaders.REASON))
                .isEqualTo(letter.reason().label());
    }

    @Property(tries = 300)
    void aMessageIsReadAsTheLetterThatItWas(@ForAll("letters") DeadLetter letter) throws IOException {
        Assume.that(letter.record().sequenceNumber() == null || letter.record().offset() >= -1);
        ProducerRecord<byte[], byte[]> message = new DeadLetterMessage("dead").serialize(letter, null, 5L);
        Header[] headers = message.headers().toArray();
        Headers all = new Headers(
                Arrays.stream(headers).map(Header::key).toArray(String[]::new),
                Arrays.stream(headers).map(Header::value).toArray(byte[][]::new));
        assertSame(DeadLetterHeaders.read(message.key(), message.value(), all), letter);
    }

    @Property(tries = 1_000)
    void anyHeadersAreALetterOrAreRefused(
            @ForAll("letters") DeadLetter letter, @ForAll @IntRange(max = 11) int broken, @ForAll byte[] bytes) {
        Header[] headers = DeadLetterHeaders.of(letter).toArray();
        String[] names = Arrays.stream(headers).map(Header::key).toArray(String[]::new);
        byte[][] values = Arrays.stream(headers).map(Header::value).toArray(byte[][]::new);
        values[broken % values.length] = bytes;
        try {
            assertThat(DeadLetterHeaders.read(null, null, new Headers(names, values)))
                    .isNotNull();
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("no dead letter");
        }
    }

    @Test
    void aMessageThatIsNoDeadLetterIsRefusedByName() {
        assertThatThrownBy(() -> DeadLetterHeaders.read(null, null, Headers.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no header tributary.dead-letter.topic");
        String[] names = {DeadLetterHeaders.TOPIC, DeadLetterHeaders.PARTITION, DeadLetterHeaders.TIMESTAMP};
        byte[][] values = {{'t'}, {'0'}, {'x'}};
        assertThatThrownBy(() -> DeadLetterHeaders.read(null, null, new Headers(names, values)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of this version");
    }

    @Provide
    Arbitrary<DeadLetter> letters() {
        return DeadLetters.any();
    }

    private static String text(ProducerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void assertSame(DeadLetter actual, DeadLetter expected) {
        RawRecords.assertSame(actual.record(), expected.record());
        assertThat(actual.stage()).isEqualTo(expected.stage());
        assertThat(actual.reason()).isEqualTo(expected.reason());
        assertThat(actual.message()).isEqualTo(expected.message());
    }
}
