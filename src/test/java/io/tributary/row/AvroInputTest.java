package io.tributary.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class AvroInputTest {
    private interface Read {
        Object from(AvroInput in) throws Exception;
    }

    @Property
    void everyLongComesBack(@ForAll long value) throws Exception {
        byte[] bytes = AvroBytes.of(Schema.create(Schema.Type.LONG), value);
        AvroInput in = new AvroInput().reset(bytes, 0, bytes.length);
        assertThat(in.readLong()).isEqualTo(value);
        in.expectEnd();
    }

    @Property
    void everyTextComesBackOrIsNoUtf8(@ForAll byte[] noise) throws Exception {
        byte[] bytes = AvroBytes.of(Schema.create(Schema.Type.BYTES), java.nio.ByteBuffer.wrap(noise));
        AvroInput in = new AvroInput().reset(bytes, 0, bytes.length);
        try {
            assertThat(in.readString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(noise);
        } catch (MalformedRowException e) {
            assertThat(e).hasMessageContaining("not UTF-8");
        }
    }

    @Property
    void noiseNeverLeadsToAnythingButAValueOrAMalformedRow(@ForAll byte[] noise) throws Exception {
        Schema schema = AvroBytes.parse("""
                {"type":"record","name":"R","fields":[
                  {"name":"a","type":["null","string"]},
                  {"name":"b","type":{"type":"array","items":["null","long"]}},
                  {"name":"c","type":{"type":"map","values":{"type":"array","items":"bytes"}}},
                  {"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
                  {"name":"e","type":{"type":"enum","name":"E","symbols":["X"]}}]}""");
        RowReader reader = RowReaders.of(RowSchemas.of(schema, List.of("a")));
        try {
            reader.read(noise, 0, noise.length, new Object[5]);
        } catch (MalformedRowException e) {
            assertThat(e.getMessage()).matches("[abcde]?.*found .* at byte \\d+ of " + noise.length);
        }
    }

    @Test
    void truncatedValuesSayWhere() {
        assertMalformed(AvroInput::readLong, "at byte 0 of 0");
        assertMalformed(AvroInput::readLong, "at byte 1 of 1", 0x80);
        assertMalformed(AvroInput::readDouble, "the end of the bytes, 5 too early, at byte 0 of 3", 1, 2, 3);
        assertMalformed(AvroInput::readFloat, "too early", 1, 2, 3);
        assertMalformed(AvroInput::readBoolean, "too early");
        assertMalformed(AvroInput::readBoolean, "neither 0 nor 1", 2);
    }

    @Test
    void numbersThatAreTooLongAreRefused() {
        int[] ones = {255, 255, 255, 255, 255, 255, 255, 255, 255, 3};
        assertMalformed(AvroInput::readLong, "more than 64 bits", ones);
        assertMalformed(AvroInput::readInt, "more than 32 bits", 255, 255, 255, 255, 31);
    }

    @Test
    void hostileLengthsAllocateNothing() {
        int[] twoGigabytes = {254, 255, 255, 255, 15};
        assertMalformed(AvroInput::readString, "a length of 2147483647 where 0 bytes are left", twoGigabytes);
        assertMalformed(AvroInput::readBytes, "a length of", twoGigabytes);
        assertMalformed(AvroInput::readBytes, "a length of -1", 1);
        assertMalformed(AvroInput::readBlock, "a block of 2147483647 items", twoGigabytes);
        assertMalformed(in -> in.readBranch(2), "branch 2 of a union of 2", 4);
        assertMalformed(in -> in.readBranch(2), "branch -1", 1);
    }

    @Test
    void aBlockMayGiveItsSizeInBytes() throws Exception {
        Schema array = AvroBytes.parse("{\"type\":\"array\",\"items\":\"int\"}");
        byte[] bytes = {3, 4, 2, 4, 2, 6, 0};
        AvroInput in = new AvroInput().reset(bytes, 0, bytes.length);
        assertThat(ColumnTypes.of(array, "x").reader().read(in)).isEqualTo(List.of(1, 2, 3));
        in.expectEnd();
    }

    @Test
    void bytesThatAreLeftOverMeanAnotherSchema() throws Exception {
        RowReader reader = RowReaders.of(RowSchemas.of(
                AvroBytes.parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}"),
                List.of("a")));
        assertThatThrownBy(() -> reader.read(new byte[] {2, 4}, 0, 2, new Object[1]))
                .isInstanceOf(MalformedRowException.class)
                .hasMessage("found the end of the row, but 1 bytes are left at byte 1 of 2");
        assertThatThrownBy(() -> reader.read(new byte[0], 0, 0, new Object[1])).hasMessageStartingWith("a: found");
    }

    private static void assertMalformed(Read read, String message, int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        AvroInput in = new AvroInput().reset(raw, 0, raw.length);
        assertThatThrownBy(() -> read.from(in))
                .isInstanceOf(MalformedRowException.class)
                .hasMessageContaining(message);
    }
}
