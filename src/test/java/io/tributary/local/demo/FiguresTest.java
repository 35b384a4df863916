package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void freshnessCountsLiveCommitsOnly() {
        double[] ages = IntStream.rangeClosed(1, 100).mapToDouble(i -> i * 10).toArray();
        assertThat(Freshness.describe(ages)).isEqualTo("p50 0.5 s, p99 1.0 s");
        Freshness live = new Freshness(10, 40_000, 40_000);
        assertThat(live.since(10, 40_000, 40_000)).as("of the snapshot").isEmpty();
        assertThat(live.since(500, 40_000, 10, 10, 40_000, -5, 40_000)).containsExactly(0, 10, 500, 40_000);
        assertThat(Freshness.describe(live.since(40_000, 10))).isEqualTo("-");
    }

    @Test
    void theNewestWindowIsShownLargestGroupFirst() {
        List<String> figures = new ArrayList<>(List.of(
                figure("India", "900.00", 5, "2022-07-25T14:15:00Z"),
                figure("India", "33.95", 5, "2022-07-25T14:20:00Z"),
                figure("Chile", "133.95", 1, "2022-07-25T14:20:00Z"),
                figure("Gone", "0.00", 0, "2022-07-25T14:25:00Z")));
        assertThat(NewestWindow.describe(figures, "country")).hasValue("""
                        sales by country, 2022-07-25T14:20:00Z to end, 2 of 2 groups
                        country   sales  orders
                        -------  ------  ------
                        Chile    133.95       1
                        India     33.95       5
                        """);
        assertThat(NewestWindow.describe(List.of(), "country")).isEmpty();
        assertThat(NewestWindow.of(figures, "country").orElseThrow().newest())
                .isEqualTo(Map.of(
                        "2022-07-25T14:15:00Z", new BigDecimal("900.00"),
                        "2022-07-25T14:20:00Z", new BigDecimal("167.90")));
    }

    private static String figure(String country, String sales, int orders, String start) {
        return "{\"country\":\"" + country + "\",\"sales\":\"" + sales + "\",\"orders\":" + orders + ",\"start\":\""
                + start + "\",\"end\":\"end\"}";
    }
}
