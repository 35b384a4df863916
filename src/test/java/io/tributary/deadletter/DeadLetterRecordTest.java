package io.tributary.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DeadLetterRecordTest {
    private static final int MAX = 2_000;

    @Test
    void itIsTheLineOfADeadLetter() {
        DeadLetter letter = letter(500);
        assertThat(new DeadLetterRecord(MAX).serialize(letter)).isEqualTo(DeadLetterLine.write(letter));
    }

    @Test
    void whatDoesNotFitIsLeftOutAndTheRestSaysWhereItIs() throws IOException {
        byte[] bytes = new DeadLetterRecord(MAX).serialize(letter(1_600));
        assertThat(bytes.length).isLessThanOrEqualTo(MAX);
        DeadLetter read = DeadLetterLine.read(new String(bytes, StandardCharsets.UTF_8));
        assertThat(read.record().value()).isNull();
        assertThat(read.record().key()).isNull();
        assertThat(read.record()).hasToString("s[3]@4959");
        assertThat(read.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(read.message()).startsWith("truncated (Key, value and headers are left out: the line has ");
    }

    private static DeadLetter letter(int valueBytes) {
        RawRecord record = new RawRecord("s", 3, -1, "4959", 7, "k".getBytes(), new byte[valueBytes], Headers.NONE);
        return new DeadLetter(record, Stage.DECODE, Reason.MALFORMED, "truncated");
    }
}
