package io.tributary.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Sorting the positions as text sorts the events. */
class PositionPropertiesTest {
    private static final long NOW = 1_795_399_026_000L;

    /** A place in the source, compared by its parts. */
    private record Place(long tsMs, long first, long second, long third, long offset) {
        static final Comparator<Place> ORDER = Comparator.comparingLong(Place::tsMs)
                .thenComparing(Place::first, Long::compareUnsigned)
                .thenComparingLong(Place::second)
                .thenComparingLong(Place::third)
                .thenComparingLong(Place::offset);
    }

    @Provide
    Arbitrary<List<Place>> places() {
        Arbitrary<Long> few = Arbitraries.longs().between(0, 3);
        Arbitrary<Long> small = Arbitraries.oneOf(few, Arbitraries.longs().between(0, 99_999_999));
        return Combinators.combine(Arbitraries.longs().between(NOW, NOW + 3), small, small, small, small)
                .as(Place::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(30);
    }

    @Property
    void mysql(@ForAll("places") List<Place> places) {
        assertSorts(
                places,
                place -> position(Op.UPDATE, place, header -> {
                    header.set(MetaField.CONNECTOR, "mysql");
                    header.set(MetaField.FILE, String.format("binlog.%06d", place.first));
                    header.set(MetaField.POS, place.second);
                    header.set(MetaField.ROW, place.third);
                }));
    }

    @Property
    void postgresWithLsnsThatAreUnsigned(@ForAll("places") List<Place> places, @ForAll boolean high) {
        List<Place> moved = places.stream()
                .map(place -> new Place(
                        place.tsMs,
                        high && place.first % 2 == 1 ? place.first | Long.MIN_VALUE + 7 : place.first,
                        place.second,
                        0,
                        place.offset))
                .toList();
        assertSorts(
                moved,
                place -> position(Op.UPDATE, place, header -> {
                    header.set(MetaField.LSN, place.first);
                    header.set(MetaField.TOTAL_ORDER, place.second);
                }));
    }

    @Property
    void sqlServer(@ForAll("places") List<Place> places) {
        assertSorts(
                places,
                place -> position(Op.UPDATE, place, header -> {
                    header.set(MetaField.CONNECTOR, "sqlserver");
                    header.set(
                            MetaField.CHANGE_LSN,
                            String.format("%08x:%08x:%04x", place.first, place.second, place.third % 3));
                    header.set(MetaField.EVENT_SERIAL_NO, place.third / 3);
                }),
                Comparator.comparingLong(Place::tsMs)
                        .thenComparingLong(Place::first)
                        .thenComparingLong(Place::second)
                        .thenComparingLong(place -> place.third % 3)
                        .thenComparingLong(place -> place.third / 3)
                        .thenComparingLong(Place::offset));
    }

    @Property
    void withoutALogPositionTheTransportDecides(@ForAll("places") List<Place> places) {
        List<Place> plain = places.stream()
                .map(place -> new Place(place.tsMs, 0, 0, 0, place.offset))
                .toList();
        assertSorts(plain, place -> position(Op.UPDATE, place, header -> {}));
    }

    @Property
    void allPositionsOfAKindAreOfOneLength(
            @ForAll @LongRange(min = Long.MIN_VALUE) long time,
            @ForAll @LongRange(min = Long.MIN_VALUE) long pos,
            @ForAll @IntRange(min = 0) int row) {
        String position = position(Op.UPDATE, new Place(time, 0, 0, 0, 5), header -> {
            header.set(MetaField.FILE, "b.000001");
            header.set(MetaField.POS, pos == EventHeader.ABSENT ? 0 : pos);
            header.set(MetaField.ROW, row);
        });
        assertThat(position).hasSize(15 + 1 + 33 + 1 + 20);
    }

    /** Any order and any repetition of a row's events has the same newest event. */
    @Property
    void theNewestEventIsTheSameInEveryOrder(@ForAll("places") List<Place> places, @ForAll long seed) {
        List<String> positions = new ArrayList<>();
        for (Place place : places) {
            positions.add(position(Op.UPDATE, place, header -> header.set(MetaField.LSN, place.first)));
        }
        String newest = Collections.max(positions);
        List<String> shuffled = new ArrayList<>(positions);
        shuffled.addAll(positions);
        Collections.shuffle(shuffled, new Random(seed));
        String kept = "";
        for (String each : shuffled) {
            kept = each.compareTo(kept) > 0 ? each : kept;
        }
        assertThat(kept).isEqualTo(newest);
    }

    @Test
    void binlogFilesAreOrderedByTheirNumbers() {
        assertThat(List.of(
                        LogPosition.mysql("binlog.000009", 900, 0),
                        LogPosition.mysql("binlog.000010", 4, 0),
                        LogPosition.mysql("binlog.000010", 4, 1),
                        LogPosition.mysql("binlog.000010", 4_294_967_296L, 0),
                        LogPosition.mysql("binlog.999999", 4, 0),
                        LogPosition.mysql("binlog.1000000", 4, 0)))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsNoLogPositionIsNone() {
        assertThat(LogPosition.mysql("", 4, 0)).isEqualTo(LogPosition.NONE);
        assertThat(LogPosition.mysql("binlog.old", 4, 0)).isEqualTo(LogPosition.NONE);
        assertThat(LogPosition.mysql("binlog.99999999999999999999", 4, 0)).isEqualTo(LogPosition.NONE);
        assertThat(LogPosition.sqlServer("NULL", 1)).isEqualTo(LogPosition.NONE);
        assertThat(LogPosition.sqlServer("0000002g:00000758:0003", 1)).isEqualTo(LogPosition.NONE);
        assertThat(LogPosition.sqlServer("0000002A:00000758:0003", 1))
                .isEqualTo(LogPosition.sqlServer("0000002a:00000758:0003", 1))
                .isGreaterThan(LogPosition.sqlServer("00000029:ffffffff:ffff", 9));
    }

    @Test
    void aMysqlUpdateInTheSecondOfTheSnapshotIsNewerThanTheSnapshot() {
        String snapshot = mysql(Op.READ, NOW + 700, "binlog.000001", 500, 100);
        String update = mysql(Op.UPDATE, NOW, "binlog.000001", 600, 101);
        assertThat(update).isGreaterThan(snapshot);
    }

    @Test
    void aMysqlSnapshotThatIsReadAgainIsNewerThanTheStreamBeforeIt() {
        String update = mysql(Op.UPDATE, NOW, "binlog.000001", 600, 101);
        String again = mysql(Op.READ, NOW + 900, "binlog.000001", 800, 102);
        String after = mysql(Op.UPDATE, NOW, "binlog.000001", 900, 103);
        assertThat(List.of(update, again, after)).isSorted();
        assertThat(mysql(Op.READ, NOW + 5_000, "binlog.000003", 4, 104)).isGreaterThan(after);
    }

    @Test
    void flattenedSnapshotRowsWithoutALogPositionAreCutToSecondsToo() {
        String snapshot = position(Op.READ, new Place(NOW + 700, 0, 0, 0, 1), header -> {});
        String update = position(Op.UPDATE, new Place(NOW, 0, 0, 0, 2), header -> {});
        assertThat(update).isGreaterThan(snapshot);
    }

    @Test
    void flattenedSnapshotRowsWithASchemaAreNotOfMysqlAndKeepTheirMilliseconds() {
        String snapshot =
                position(Op.READ, new Place(NOW + 700, 0, 0, 0, 1), header -> header.set(MetaField.SCHEMA, "dbo"));
        assertThat(snapshot).startsWith("00" + (NOW + 700) + "|");
    }

    @Test
    void postgresSnapshotsKeepTheirMilliseconds() {
        String before = position(Op.UPDATE, new Place(NOW + 300, 0, 0, 0, 1), header -> header.set(MetaField.LSN, 90));
        String snapshot = position(Op.READ, new Place(NOW + 700, 0, 0, 0, 2), header -> header.set(MetaField.LSN, 95));
        assertThat(snapshot).isGreaterThan(before);
    }

    @Test
    void aSqlServerSnapshotIsOlderThanTheStreamOfItsMillisecond() {
        String snapshot = position(
                Op.READ, new Place(NOW + 7, 0, 0, 0, 1), header -> header.set(MetaField.CONNECTOR, "sqlserver"));
        String update = position(Op.UPDATE, new Place(NOW + 7, 0, 0, 0, 0), header -> {
            header.set(MetaField.CONNECTOR, "sqlserver");
            header.set(MetaField.CHANGE_LSN, "00000027:00000758:0003");
        });
        assertThat(update).isGreaterThan(snapshot);
    }

    @Test
    void negativeAndAbsentTimesAreZero() {
        assertThat(position(Op.UPDATE, new Place(EventHeader.ABSENT, 0, 0, 0, 1), header -> {}))
                .isEqualTo(position(Op.READ, new Place(-5, 0, 0, 0, 1), header -> {}))
                .startsWith("000000000000000|");
    }

    private static String mysql(Op op, long tsMs, String file, long pos, long offset) {
        return position(op, new Place(tsMs, 0, 0, 0, offset), header -> {
            header.set(MetaField.CONNECTOR, "mysql");
            header.set(MetaField.FILE, file);
            header.set(MetaField.POS, pos);
            header.set(MetaField.ROW, 0);
        });
    }

    private static String position(Op op, Place place, java.util.function.Consumer<EventHeader> log) {
        EventHeader header = new EventHeader();
        header.set(MetaField.TS_MS, place.tsMs);
        log.accept(header);
        return SourcePosition.of(
                op, header, RawRecord.ofKafka("t", 0, place.offset, -1, null, new byte[0], Headers.NONE));
    }

    private static void assertSorts(List<Place> places, java.util.function.Function<Place, String> position) {
        assertSorts(places, position, Place.ORDER);
    }

    private static void assertSorts(
            List<Place> places, java.util.function.Function<Place, String> position, Comparator<Place> order) {
        List<String> byText = places.stream().map(position).sorted().toList();
        List<String> byParts = places.stream().sorted(order).map(position).toList();
        assertThat(byText).isEqualTo(byParts);
    }
}
