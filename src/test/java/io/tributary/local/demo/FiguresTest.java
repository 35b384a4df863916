package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void freshnessCountsLiveCommitsOnly() {
        double[] ages = IntStream.rangeClosed(1, 100).mapToDouble(i -> i * 10).toArray();
        assertThat(Freshness.describe(ages, 60_000)).isEqualTo("p50 0.5 s, p99 1.0 s");
        assertThat(Freshness.describe(new double[] {-5, 90_000_000}, 60_000)).isEqualTo("-");
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
    }

    private static String figure(String country, String sales, int orders, String start) {
        return "{\"country\":\"" + country + "\",\"sales\":\"" + sales + "\",\"orders\":" + orders + ",\"start\":\""
                + start + "\",\"end\":\"end\"}";
    }
}
