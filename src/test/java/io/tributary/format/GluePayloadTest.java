package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.UUID;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

class GluePayloadTest {
    private static final UUID ANY = new UUID(1, 2);

    private final GluePayload payload = new GluePayload(1 << 20);

    @Test
    void inflatesOneAfterAnother() throws Exception {
        for (int size : new int[] {0, 1, 1023, 1024, 1025, 100_000, 1 << 20}) {
            byte[] plain = new byte[size];
            Arrays.fill(plain, (byte) 'x');
            assertThat(payload.inflate(Wire.glueZlib(ANY, plain), Reading.GLUE_PREFIX))
                    .isEqualTo(plain);
        }
    }

    @Test
    void stopsAtTheLimit() {
        byte[] bomb = Wire.glueZlib(ANY, new byte[(1 << 20) + 1]);
        assertThat(bomb).hasSizeLessThan(5_000);
        assertThatExceptionOfType(GluePayload.TooLargeException.class)
                .isThrownBy(() -> payload.inflate(bomb, Reading.GLUE_PREFIX));
    }

    @Test
    void refusesWhatIsCutShortDamagedOrFollowedByMore() {
        byte[] good = Wire.glueZlib(ANY, Wire.AVRO);
        byte[] damaged = good.clone();
        damaged[Reading.GLUE_PREFIX] ^= 0x55;
        for (byte[] bad : new byte[][] {
            Arrays.copyOf(good, good.length - 1),
            Arrays.copyOf(good, Reading.GLUE_PREFIX),
            Arrays.copyOf(good, good.length + 1),
            damaged
        }) {
            assertThatExceptionOfType(DataFormatException.class)
                    .isThrownBy(() -> payload.inflate(bad, Reading.GLUE_PREFIX));
        }
    }
}
