package io.tributary.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.MutatedText;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a line of a dead letter file holds, it is a dead letter or an IOException. */
class DeadLetterLineFuzzTest {
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void fiftyThousandMutations() {
        fuzz(50_000, System.nanoTime());
    }

    @Test
    @Tag("slow")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aMillionMutations() {
        fuzz(1_000_000, System.nanoTime());
    }

    private static void fuzz(int inputs, long seed) {
        System.out.println("DeadLetterLineFuzzTest seed " + seed);
        Random random = new Random(seed);
        RawRecord record = RawRecord.ofKafka(
                "tickit.ems.venue",
                2,
                77,
                1_790_000_000_000L,
                new byte[] {1, 2, 3},
                new byte[] {0, 0, 0, 0, 9, 4},
                new Headers(new String[] {"apicurio.value.globalId"}, new byte[][] {{0, 0, 0, 0, 0, 0, 0, 9}}));
        String line = new String(
                DeadLetterLine.write(new DeadLetter(record, Stage.FORMAT, Reason.UNKNOWN_FORMAT, "as it looks")),
                StandardCharsets.UTF_8);
        int values = 0;
        for (int i = 0; i < inputs; i++) {
            String text = MutatedText.of(line, random);
            try {
                assertThat(DeadLetterLine.read(text).record()).isNotNull();
                values++;
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", input " + i + ": " + text, e);
            }
        }
        assertThat(values).as("mutations that stayed readable").isGreaterThan(inputs / 50);
    }
}
