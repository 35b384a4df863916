package io.tributary.local.demo;

import java.util.List;
import java.util.stream.LongStream;

/** A status as a demo has it, with names that need care. */
final class Statuses {
    static final String HOSTILE = "<script>document.title='broken'</script>";

    private Statuses() {}

    static Status some() {
        NewestWindow.Window window = NewestWindow.of(
                        List.of(
                                figure("São Paulo", "11175.52", "2020-12-31T15:20:00Z"),
                                figure(HOSTILE.replace("\"", ""), "8000.00", "2020-12-31T15:20:00Z"),
                                figure("Zürich", "300.10", "2020-12-31T15:10:00Z")),
                        "venuecity")
                .orElseThrow();
        return new Status(
                75,
                7_637,
                7_519,
                3,
                "p50 1.2 s, p99 2.0 s",
                900,
                LongStream.range(0, 60)
                        .map(second -> second == 3 ? 7_000 : second)
                        .boxed()
                        .toList(),
                List.of(-1L, 1_200L, 2_000L),
                List.of(
                        new Status.Table("tickit.ecomm.sale", 3_545, 3_545, 70, 40, 1_200, 63.5, 91_000_000, false),
                        new Status.Table(
                                "tickit.ems.averyveryveryveryverylongnamewithoutanyspace", 1, 0, 0, 9, -1, 0, 0, true)),
                window);
    }

    private static String figure(String city, String sales, String start) {
        return "{\"venuecity\":\"" + city + "\",\"sales\":\"" + sales + "\",\"orders\":1,\"start\":\"" + start
                + "\",\"end\":\"later\"}";
    }
}
