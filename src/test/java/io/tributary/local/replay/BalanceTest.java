package io.tributary.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BalanceTest {
    @Test
    void inputIsAppliedSkippedOrDead() {
        Balance balance = new Balance(
                List.of(new Balance.Topic("s.a.sale", 10, 7, 7, 1, 0), new Balance.Topic("s.b.venue", 3, 3, 2, 0, 1)),
                Map.of("tombstone", 2L),
                Map.of("malformed", 2L));
        assertThat(balance.problems()).isEmpty();
        assertThat(balance).hasToString("""
                        table      input  applied  skipped  dead letters
                        ---------  -----  -------  -------  ------------
                        s.a.sale      10        7        2             1
                        s.b.venue      3        2        0             1
                        total         13        9        2             2
                        skipped: tombstone 2
                        dead letters: malformed 2
                        """);
    }

    @Test
    void whatIsMissingIsNamedWithItsTopic() {
        Balance balance =
                new Balance(List.of(new Balance.Topic("s.a.sale", 10, 9, 8, 0, 0)), Map.of("tombstone", 1L), Map.of());
        assertThat(balance.problems())
                .containsExactly(
                        "input 10 is not applied 8 + skipped 1 + dead letters 0 = 9",
                        "topic s.a.sale: of 9 changes 8 are applied and 0 dead letters");
    }

    @Test
    void oneTopicsLossDoesNotHideBehindAnothersDouble() {
        Balance balance = new Balance(
                List.of(new Balance.Topic("a", 5, 5, 4, 0, 0), new Balance.Topic("b", 5, 5, 6, 0, 0)),
                Map.of(),
                Map.of());
        assertThat(balance.problems()).hasSize(2);
    }
}
