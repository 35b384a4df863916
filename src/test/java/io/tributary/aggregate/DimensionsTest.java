package io.tributary.aggregate;

import static io.tributary.aggregate.Sales.at;
import static io.tributary.aggregate.Sales.delete;
import static io.tributary.aggregate.Sales.position;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sales by the category of their event, and by the city of its venue. */
class DimensionsTest {
    private static final String[] DIMENSIONS = {
        "group.by", "category.catname, venue.city",
        "dimension.event", "shop.public.event on eventid",
        "dimension.category", "shop.public.category on event.catid",
        "dimension.venue", "shop.public.venue on event.venueid",
        "emit.interval", "0"
    };

    @Test
    void aSaleIsCountedUnderTheNamesOfItsEvent() throws Exception {
        try (ShuffledJoin join = join()) {
            dimension(join, "category", "c", 1, "Opera");
            dimension(join, "venue", "v", 1, "Berlin");
            event(join, "e", 1, "c", "v");
            join.drain();
            sale(join, "1", 1, "e", "5.00");
            join.drain();
            assertThat(join.sent()).singleElement().asString().contains("Opera", "Berlin", "5.00");
        }
    }

    @Test
    void aSaleWaitsForItsEventAndThenGoesOnAsUnknown() throws Exception {
        try (ShuffledJoin join = join()) {
            sale(join, "1", 1, "e", "5.00");
            join.drain();
            join.processingTime(Duration.ofMinutes(9).toMillis());
            join.drain();
            assertThat(join.sent()).isEmpty();
            join.processingTime(Duration.ofMinutes(11).toMillis());
            join.drain();
            assertThat(join.sent())
                    .singleElement()
                    .asString()
                    .contains("\"catname\":\"unknown\",\"city\":\"unknown\"", "5.00");
        }
    }

    @Test
    void aWaitBeyondAllTimesIsOne() throws Exception {
        try (ShuffledJoin join = join("dimension.wait", "106751991167 d")) {
            sale(join, "1", 1, "e", "5.00");
            join.drain();
            join.processingTime(Duration.ofDays(400).toMillis());
            join.drain();
            assertThat(join.sent()).isEmpty();
        }
    }

    @Test
    void aSaleThatWaitsGoesOnWhenTheInputEnds() throws Exception {
        try (ShuffledJoin join = join()) {
            sale(join, "1", 1, "e", "5.00");
            join.watermark(Long.MAX_VALUE);
            assertThat(join.topic()).hasSize(1);
        }
    }

    @Test
    void aRenamedCategoryMovesTheSalesThatAreCounted() throws Exception {
        try (ShuffledJoin join = join()) {
            threeSales(join);
            dimension(join, "category", "c", 5, "Theatre");
            join.drain();
            assertThat(join.topic().values())
                    .singleElement()
                    .asString()
                    .contains("Theatre", "Berlin", "15.00", "\"orders\":3");
        }
    }

    @Test
    void withoutRetroactionARenamedCategoryCountsForLaterSalesOnly() throws Exception {
        try (ShuffledJoin join = join("dimension.retroactive", "false")) {
            threeSales(join);
            dimension(join, "category", "c", 5, "Theatre");
            join.drain();
            sale(join, "4", 4, "e", "5.00");
            join.drain();
            assertThat(join.topic().values())
                    .satisfiesExactly(
                            value -> assertThat(value).contains("Opera", "15.00"),
                            value -> assertThat(value).contains("Theatre", "5.00"));
        }
    }

    @Test
    void aDeletedEventMakesItsSalesUnknownAndItsReturnNamesThemAgain() throws Exception {
        try (ShuffledJoin join = join()) {
            threeSales(join);
            join.arrives("event", delete("e", 5));
            join.drain();
            assertThat(join.topic().values()).singleElement().asString().contains("unknown", "\"orders\":3");
            event(join, "e", 6, "c", "v");
            join.drain();
            assertThat(join.topic().values()).singleElement().asString().contains("Opera", "\"orders\":3");
        }
    }

    @Test
    void aTruncatedCategoryTableMakesItsSalesUnknown() throws Exception {
        try (ShuffledJoin join = join()) {
            threeSales(join);
            join.truncate("category", position(9));
            join.drain();
            assertThat(join.topic().values())
                    .singleElement()
                    .asString()
                    .contains("\"catname\":\"unknown\",\"city\":\"Berlin\"", "\"orders\":3");
        }
    }

    @Test
    void truncatedSalesAreTakenOut() throws Exception {
        try (ShuffledJoin join = join()) {
            threeSales(join);
            join.truncate("sale", position(9));
            join.drain();
            assertThat(join.topic()).isEmpty();
        }
    }

    @Test
    void aSaleThatTurnsToAnotherEventIsForgottenByTheFirst() throws Exception {
        try (ShuffledJoin join = join()) {
            threeSales(join);
            event(join, "other", 7, "c", "v");
            join.drain();
            int before = join.stateEntries("sale-0");
            for (int i = 1; i <= 3; i++) {
                sale(join, "" + i, 7 + i, "other", "5.00");
            }
            join.drain();
            assertThat(join.stateEntries("sale-0")).isEqualTo(before);
            join.arrives("sale", delete("1", 11));
            join.drain();
            assertThat(join.topic().values()).singleElement().asString().contains("10.00", "\"orders\":2");
        }
    }

    @Test
    void onlyRowsOfDimensionsAreLeftAfterTheRetention() throws Exception {
        try (ShuffledJoin join = join()) {
            dimension(join, "category", "c", 1, "Opera");
            event(join, "e", 1, "c", "v");
            join.drain();
            int dimensions = join.stateEntries();
            for (int i = 0; i < 20; i++) {
                sale(join, "" + i, 10 + i, i % 3 == 0 ? "none" : "e", "1.00");
            }
            join.drain();
            join.processingTime(Duration.ofMinutes(20).toMillis());
            join.drain();
            join.watermark(at("15:00") + Duration.ofDays(8).toMillis());
            join.checkpoint();
            // the event no longer waits for its venue
            assertThat(join.stateEntries()).isLessThanOrEqualTo(dimensions + 1);
            assertThat(join.timers()).isZero();
        }
    }

    private static void threeSales(ShuffledJoin join) throws Exception {
        dimension(join, "category", "c", 1, "Opera");
        dimension(join, "venue", "v", 1, "Berlin");
        event(join, "e", 1, "c", "v");
        sale(join, "1", 1, "e", "5.00");
        sale(join, "2", 2, "e", "5.00");
        sale(join, "3", 3, "e", "5.00");
        join.drain();
    }

    private static ShuffledJoin join(String... more) throws Exception {
        String[] settings = new String[DIMENSIONS.length + more.length];
        System.arraycopy(DIMENSIONS, 0, settings, 0, DIMENSIONS.length);
        System.arraycopy(more, 0, settings, DIMENSIONS.length, more.length);
        return new ShuffledJoin(Sales.spec(settings), new Random(1), null);
    }

    static void sale(ShuffledJoin join, String key, long position, String event, String amount) {
        Object[] values = {new BigDecimal(amount), null, at("14:21"), null, null, event};
        join.arrives("sale", row(key, position, values));
    }

    static void event(ShuffledJoin join, String key, long position, String category, String venue) {
        join.arrives("event", row(key, position, null, null, category, venue));
    }

    static void dimension(ShuffledJoin join, String table, String key, long position, String name) {
        join.arrives(table, row(key, position, name));
    }

    static RowChange row(String key, long position, Object... values) {
        return new RowChange(RowChange.Kind.PUT, key, position(position), false, values, Sales.record(0, position));
    }
}
