package io.tributary.deadletter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadLetterRatioTest {
    private final DeadLetterRatio ratio = new DeadLetterRatio(0.5, Duration.ofMinutes(1), 10);

    @Test
    void aShareOverTheLimitStopsTheJobAndNamesTheNewestReason() {
        accept(6, 1000);
        reject(6, 1000);
        assertThatThrownBy(() -> ratio.rejected(DeadLetters.at(99), 1000))
                .isInstanceOf(TooManyDeadLettersException.class)
                .hasMessageContaining("7 of the last 13 records (within 1 min)")
                .hasMessageContaining("DeadLetter.max.ratio = 0.5")
                .hasMessageContaining("t[0]@99 decode/malformed: It is cut off.");
    }

    @Test
    void aFewRecordsAreNoShare() {
        reject(9, 1000);
        assertThatThrownBy(() -> reject(1, 1000)).isInstanceOf(TooManyDeadLettersException.class);
    }

    @Test
    void whatIsOlderThanTheWindowDoesNotCount() {
        accept(100, 0);
        reject(9, 61_000);
        assertThatThrownBy(() -> reject(1, 61_000)).hasMessageContaining("10 of the last 10");
    }

    @Test
    void whatIsWithinTheWindowCounts() {
        accept(100, 1_000);
        assertThatCode(() -> reject(50, 50_000)).doesNotThrowAnyException();
    }

    @Test
    void afterALongPauseOldCountsAreGone() {
        reject(9, 0);
        assertThatCode(() -> reject(9, 605_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> reject(1, 605_000)).hasMessageContaining("10 of the last 10");
    }

    @Test
    void aLimitOfOneNeverStops() {
        DeadLetterRatio never = new DeadLetterRatio(1, Duration.ofMinutes(1), 1);
        assertThatCode(() -> {
                    for (int i = 0; i < 1000; i++) {
                        never.rejected(DeadLetters.at(i), i);
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aLimitOfZeroStopsAtTheFirst() {
        DeadLetterRatio strict = new DeadLetterRatio(0, Duration.ofMinutes(1), 1);
        strict.accepted(0);
        assertThatThrownBy(() -> strict.rejected(DeadLetters.at(1), 0)).hasMessageContaining("1 of the last 2");
    }

    private void accept(int times, long nowMs) {
        for (int i = 0; i < times; i++) {
            ratio.accepted(nowMs);
        }
    }

    private void reject(int times, long nowMs) {
        for (int i = 0; i < times; i++) {
            ratio.rejected(DeadLetters.at(i), nowMs);
        }
    }
}
