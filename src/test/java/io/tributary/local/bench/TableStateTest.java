package io.tributary.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableStateTest {
    @Test
    void itKnowsTheNewestChangeOfEachRow() {
        TableState state = new TableState();
        assertThat(state.insert("r", 100, 1)).isEqualTo(new Change("r", 1, -1, 100, 1));
        for (int i = 1; i < 5_000; i++) {
            state.insert("c", 100, 1 + i);
        }
        assertThat(state.update(5_000, 130, 9)).isEqualTo(new Change("u", 5_000, 100, 130, 9));
        assertThat(state.update(5_000, 140, 10)).isEqualTo(new Change("u", 5_000, 130, 140, 10));
        assertThat(state.rows()).isEqualTo(5_000);
        assertThat(state.sum()).isEqualTo(5_000 * 100 + 40);
    }

    @Test
    void aSkewSendsMostChangesToFewRows() {
        assertThat(shareOfTheFirstTenth(0)).isBetween(0.08, 0.12);
        assertThat(shareOfTheFirstTenth(0.8)).isBetween(0.6, 0.66);
    }

    private static double shareOfTheFirstTenth(double skew) {
        KeyChoice choice = new KeyChoice(skew, 1);
        int draws = 20_000;
        int hits = 0;
        for (int i = 0; i < draws; i++) {
            int key = choice.next(1_000);
            assertThat(key).isBetween(1, 1_000);
            hits += key <= 100 ? 1 : 0;
        }
        return (double) hits / draws;
    }
}
