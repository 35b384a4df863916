package io.tributary.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchResultsTest {
    @Test
    void ratiosSayHowManyTimesOrWhichPart() {
        assertThat(BenchResults.ratio(10, 4)).isEqualTo("2.5 x");
        assertThat(BenchResults.ratio(4, 10)).isEqualTo("1/2.5");
        assertThat(BenchResults.ratio(0, 10)).isEqualTo("-");
        assertThat(BenchResults.number(1234.5)).isEqualTo("1,235");
        assertThat(BenchResults.number(12.345)).isEqualTo("12.35");
    }
}
