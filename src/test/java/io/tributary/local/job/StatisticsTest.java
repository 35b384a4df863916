package io.tributary.local.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
        assertThat(new Statistics(3, 1, 2).median()).isEqualTo(2);
        assertThat(new Statistics(4, 1, 2, 3).median()).isEqualTo(2.5);
    }

    @Test
    void aPercentileIsAMeasuredValue() {
        Statistics hundred =
                new Statistics(IntStream.rangeClosed(1, 100).asDoubleStream().toArray());
        assertThat(hundred.percentile(95)).isEqualTo(95);
        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.min()).isEqualTo(1);
        assertThat(hundred.max()).isEqualTo(100);
        assertThat(new Statistics(5).percentile(99)).isEqualTo(5);
    }

    @Test
    void nothingHasNoStatistics() {
        assertThatThrownBy(Statistics::new).isInstanceOf(IllegalArgumentException.class);
    }
}
