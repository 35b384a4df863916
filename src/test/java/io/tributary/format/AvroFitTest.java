package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class AvroFitTest {
    private static final Schema NULLS = Schema.createArray(Schema.create(Schema.Type.NULL));

    @Test
    void exactlyOneValueFits() {
        assertThat(AvroFit.fits(Wire.SALE, Wire.AVRO, 0)).isTrue();
        assertThat(AvroFit.fits(Wire.VENUE, Wire.AVRO, 0)).isFalse();
        assertThat(AvroFit.fits(Wire.SALE, Arrays.copyOf(Wire.AVRO, Wire.AVRO.length - 1), 0))
                .isFalse();
        assertThat(AvroFit.fits(Wire.SALE, Arrays.copyOf(Wire.AVRO, Wire.AVRO.length + 1), 0))
                .isFalse();
    }

    @Test
    void everyTypeIsFollowed() {
        Schema schema = SchemaBuilder.record("All")
                .fields()
                .name("a")
                .type()
                .array()
                .items()
                .intType()
                .noDefault()
                .name("m")
                .type()
                .map()
                .values()
                .booleanType()
                .noDefault()
                .name("e")
                .type()
                .enumeration("E")
                .symbols("X", "Y")
                .noDefault()
                .name("f")
                .type()
                .fixed("F")
                .size(2)
                .noDefault()
                .name("u")
                .type()
                .optional()
                .doubleType()
                .endRecord();
        byte[] bytes = {4, 2, 4, 0, 2, 2, 'k', 1, 0, 2, 9, 9, 0};
        assertThat(AvroFit.fits(schema, bytes, 0)).isTrue();
        byte[] unknownSymbol = bytes.clone();
        unknownSymbol[9] = 4;
        assertThat(AvroFit.fits(schema, unknownSymbol, 0)).isFalse();
        byte[] sizedBlock = {3, 4, 2, 4, 0, 0, 0, 9, 9, 0};
        assertThat(AvroFit.fits(schema, sizedBlock, 0)).isTrue();
    }

    @Test
    void hugeCountsOfEmptyItemsEndSoon() {
        byte[] bytes = {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1, 0};
        Assertions.assertThat(Duration.ofSeconds(2))
                .isGreaterThan(
                        timed(() -> assertThat(AvroFit.fits(NULLS, bytes, 0)).isFalse()));
    }

    @Test
    void aSchemaWithinItselfEnds() {
        Schema self = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"S\",\"fields\":[{\"name\":\"s\",\"type\":\"S\"}]}");
        assertThat(AvroFit.fits(self, new byte[10], 0)).isFalse();
    }

    @Test
    void randomBytesNeverThrow() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            Assertions.assertThatCode(() -> AvroFit.fits(Wire.SALE, bytes, 0))
                    .as("seed " + seed)
                    .doesNotThrowAnyException();
        }
    }

    private static Duration timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
