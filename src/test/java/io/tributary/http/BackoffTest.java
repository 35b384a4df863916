package io.tributary.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {
    private final Backoff backoff = new Backoff(100, Duration.ofMillis(200), Duration.ofSeconds(20));

    @Property
    void doublesWithJitterUpToItsLimit(@ForAll @IntRange(min = 1, max = 100) int failures) {
        long longest = failures > 7 ? 20_000 : Math.min(20_000, 200L << (failures - 1));
        assertThat(backoff.delayMillis(failures, 0)).isBetween(longest / 2, longest);
    }

    @Property
    void followsTheServerUpToItsLimit(@ForAll @IntRange(min = 0, max = 1_000_000) int asked) {
        assertThat(backoff.delayMillis(1, asked)).isBetween((long) Math.min(asked, 20_000), 20_000L);
    }
}
