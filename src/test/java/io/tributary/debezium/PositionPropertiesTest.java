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
import org.apache.flink.api.java.tuple.Tuple4;
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
    void aChangeMadeWhileTheFirstSnapshotWasReadIsNewerThanItsRows() {
        Partition partition = new Partition();
        String snapshot = partition.mysql(Op.READ, NOW + 3_600_000, "binlog.000001", 500);
        String update = partition.mysql(Op.UPDATE, NOW, "binlog.000001", 600);
        assertThat(update).isGreaterThan(snapshot);
    }

    @Test
    void aSnapshotThatIsReadAgainIsNewerThanTheStreamBeforeItAndOlderThanTheStreamAfterIt() {
        Partition partition = new Partition();
        String first = partition.mysql(Op.READ, NOW, "binlog.000001", 500);
        String update = partition.mysql(Op.UPDATE, NOW, "binlog.000001", 600);
        String again = partition.mysql(Op.READ, NOW + 900, "binlog.000001", 800);
        String after = partition.mysql(Op.UPDATE, NOW, "binlog.000001", 900);
        String later = partition.mysql(Op.UPDATE, NOW + 1_000, "binlog.000001", 950);
        String last = partition.mysql(Op.READ, NOW + 5_000, "binlog.000003", 4);
        assertThat(List.of(first, update, again, after, later, last)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSnapshotRowThatIsSentAgainLaterStaysOlderThanTheChangesSince() {
        Partition partition = new Partition();
        String snapshot = partition.mysql(Op.READ, NOW, "binlog.000001", 500);
        String delete = partition.mysql(Op.DELETE, NOW + 1_000, "binlog.000001", 600);
        String other = partition.mysql(Op.UPDATE, NOW + 9_000, "binlog.000001", 700);
        String again = partition.mysql(Op.READ, NOW, "binlog.000001", 500);
        assertThat(List.of(snapshot, again, delete, other)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aLogThatStartsAnewIsNewerByItsTime() {
        Partition partition = new Partition();
        String before = partition.mysql(Op.UPDATE, NOW, "binlog.000900", 600);
        String after = partition.mysql(Op.UPDATE, NOW + 1_000, "binlog.000001", 4);
        assertThat(after).isGreaterThan(before);
    }

    @Test
    void withoutALogPositionASnapshotReadAgainIsNewerByItsOffset() {
        Partition partition = new Partition();
        String first = partition.position(Op.READ, NOW + 700, header -> {});
        String update = partition.position(Op.UPDATE, NOW, header -> {});
        String again = partition.position(Op.READ, NOW + 700, header -> {});
        String after = partition.position(Op.UPDATE, NOW, header -> {});
        assertThat(List.of(first, update, again, after)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSnapshotRowThatIsSentAgainIsOlderThanWhatWasChangedWhileTheSnapshotWasRead() {
        Partition partition = new Partition();
        String snapshot = partition.mysql(Op.READ, NOW + 3_600_000, "binlog.000001", 500);
        String update = partition.mysql(Op.UPDATE, NOW, "binlog.000001", 600);
        partition.mysql(Op.UPDATE, NOW + 7_200_000, "binlog.000001", 700);
        partition.mysql(Op.READ, NOW + 7_300_000, "binlog.000001", 750);
        String again = partition.mysql(Op.READ, NOW + 3_600_000, "binlog.000001", 500);
        assertThat(List.of(snapshot, again, update)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatIsBehindInTheLogIsNewerThoughTheClockWasSetBack() {
        Partition partition = new Partition();
        String before = partition.mysql(Op.UPDATE, NOW, "binlog.000001", 600);
        String after = partition.mysql(Op.UPDATE, NOW - 60_000, "binlog.000001", 700);
        String waited = partition.mysql(Op.UPDATE, NOW - 61_000, "binlog.000002", 4);
        String snapshot = partition.mysql(Op.READ, NOW - 50_000, "binlog.000002", 80);
        String beforeAgain = partition.mysql(Op.UPDATE, NOW, "binlog.000001", 600);
        String afterAgain = partition.mysql(Op.UPDATE, NOW - 60_000, "binlog.000001", 700);
        String later = partition.mysql(Op.UPDATE, NOW + 1_000, "binlog.000002", 200);
        String muchLater = partition.mysql(Op.UPDATE, NOW - 60_000, "binlog.000001", 700);
        assertThat(List.of(before, beforeAgain, after, afterAgain, waited, snapshot, later))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(muchLater).isLessThan(after);
    }

    @Test
    void postgresCommitsInAnotherOrderThanItsPositions() {
        Partition partition = new Partition();
        String first = partition.postgres(NOW, 100, 120);
        // A long transaction: its change was logged before, its commit comes after, by a clock that was set back.
        String longOne = partition.postgres(NOW - 5_000, 130, 90);
        String next = partition.postgres(NOW - 4_000, 140, 135);
        assertThat(longOne).startsWith(first.substring(0, 15));
        assertThat(next).isGreaterThan(first).isGreaterThan(longOne);
    }

    @Test
    void aLogThatStartsAnewEndsTheComparisonWithWhatIsFromBefore() {
        Partition partition = new Partition();
        String old = partition.mysql(Op.UPDATE, NOW, "binlog.000900", 600);
        String anew = partition.mysql(Op.UPDATE, NOW + 1_000, "binlog.000001", 4);
        String oldAgain = partition.mysql(Op.UPDATE, NOW, "binlog.000900", 600);
        String later = partition.mysql(Op.UPDATE, NOW + 500, "binlog.000001", 900);
        assertThat(List.of(old, oldAgain, anew, later)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatTheLogSaysIsPartOfTheState() {
        Partition partition = new Partition();
        partition.mysql(Op.READ, NOW, "binlog.000001", 500);
        String before = partition.mysql(Op.UPDATE, NOW, "binlog.000001", 600);
        Partition restored = new Partition();
        new StreamedTimes().entries().forEach(restored.times::add);
        partition.times.entries().forEach(restored.times::add);
        restored.offset = partition.offset;
        String after = restored.mysql(Op.UPDATE, NOW - 60_000, "binlog.000001", 700);
        String snapshotAgain = restored.mysql(Op.READ, NOW, "binlog.000001", 500);
        assertThat(List.of(snapshotAgain, before, after)).isSorted().doesNotHaveDuplicates();
        Partition fromEarlierVersion = new Partition();
        fromEarlierVersion.times.addTime(Tuple4.of("t", 0, Partition.TABLE.fullName(), NOW));
        assertThat(fromEarlierVersion.mysql(Op.READ, NOW + 5, "binlog.000001", 700))
                .startsWith(before.substring(0, 15));
    }

    @Test
    void eachEventIsAtItsOwnPlaceThoughTheHeaderIsUsedAgain() {
        EventHeader header = new EventHeader();
        header.set(MetaField.FILE, "binlog.000009");
        header.set(MetaField.POS, 900);
        assertThat(header.mysqlPlace()).isEqualTo(LogPosition.mysql("binlog.000009", 900, EventHeader.ABSENT));
        header.set(MetaField.POS, 1_300);
        assertThat(header.mysqlPlace()).as("another number").contains(".000000001300.");
        header.set(MetaField.FILE, "binlog.000010");
        assertThat(header.mysqlPlace()).as("another text").startsWith("m0000000010.");
        header.clear();
        assertThat(header.mysqlPlace()).as("another source").isNull();
        header.set(MetaField.LSN, 7);
        assertThat(SourcePosition.of(1, header, record(0, 3))).contains("|p0000000000000007.");
    }

    @Test
    void digitsAreOfFixedWidthWhateverTheNumber() {
        assertThat(LogPosition.digits(0, 4)).isEqualTo("0000");
        assertThat(LogPosition.digits(-5, 4)).isEqualTo("0000");
        assertThat(LogPosition.digits(120, 4)).isEqualTo("0120");
        assertThat(LogPosition.digits(9_999, 4)).isEqualTo("9999");
        assertThat(LogPosition.digits(10_000, 4)).isEqualTo("9999");
        assertThat(LogPosition.digits(Long.MAX_VALUE, 19)).isEqualTo("9223372036854775807");
    }

    @Test
    void placesInALogThatCannotBeReadAreNoPlaces() {
        EventHeader header = new EventHeader();
        assertThat(LogOrder.of(Op.UPDATE, header)).isNull();
        header.set(MetaField.LSN, 7);
        for (String sequence : new String[] {null, "", "[null,\"7\"]", "[\"", "[\"x\",\"7\"]", "{}"}) {
            header.set(MetaField.SEQUENCE, sequence);
            assertThat(LogOrder.of(Op.UPDATE, header)).as(sequence).isNull();
        }
        header.set(MetaField.SEQUENCE, "[\"18446744073709551615\",\"7\"]");
        assertThat(LogOrder.of(Op.UPDATE, header)).isEqualTo("ffffffffffffffff.0000000000000007");
        header.clear();
        header.set(MetaField.COMMIT_LSN, "NULL");
        assertThat(LogOrder.of(Op.UPDATE, header)).isNull();
        header.set(MetaField.COMMIT_LSN, "0000002A:00000758:0003");
        assertThat(LogOrder.of(Op.READ, header)).isNotNull();
        header.clear();
        header.set(MetaField.FILE, "binlog");
        header.set(MetaField.POS, 4);
        assertThat(LogOrder.of(Op.UPDATE, header)).isNull();
    }

    @Test
    void whatIsStreamedInAnotherPartitionOrTableDoesNotMatter() {
        StreamedTimes times = new StreamedTimes();
        TableId table = new TableId("s", "d", null, "t");
        TableId other = new TableId("s", "d", null, "other");
        times.timeOf(Op.UPDATE, NOW, "7", table, record(0, 1));
        assertThat(times.timeOf(Op.READ, NOW + 1, "8", table, record(0, 2))).isEqualTo(NOW);
        assertThat(times.timeOf(Op.READ, NOW + 1, "8", table, record(1, 2))).isZero();
        assertThat(times.timeOf(Op.READ, NOW + 1, "8", other, record(0, 2))).isZero();
        assertThat(times.timeOf(Op.UPDATE, NOW - 1, "9", other, record(0, 3))).isEqualTo(NOW - 1);
    }

    @Test
    void negativeAndAbsentTimesAreZero() {
        assertThat(position(Op.UPDATE, new Place(EventHeader.ABSENT, 0, 0, 0, 1), header -> {}))
                .isEqualTo(position(Op.READ, new Place(-5, 0, 0, 0, 1), header -> {}))
                .startsWith("000000000000000|");
    }

    /** One partition of a topic: its events, one after the other. */
    private static final class Partition {
        private static final TableId TABLE = new TableId("s", "d", null, "t");
        private final StreamedTimes times = new StreamedTimes();
        private long offset;

        String mysql(Op op, long tsMs, String file, long pos) {
            return position(op, tsMs, header -> {
                header.set(MetaField.CONNECTOR, "mysql");
                header.set(MetaField.FILE, file);
                header.set(MetaField.POS, pos);
                header.set(MetaField.ROW, 0);
            });
        }

        String postgres(long tsMs, long lastCommit, long lsn) {
            return position(Op.UPDATE, tsMs, header -> {
                header.set(MetaField.SEQUENCE, "[\"" + lastCommit + "\",\"" + lsn + "\"]");
                header.set(MetaField.LSN, lsn);
            });
        }

        String position(Op op, long tsMs, java.util.function.Consumer<EventHeader> log) {
            EventHeader header = new EventHeader();
            header.set(MetaField.TS_MS, tsMs);
            log.accept(header);
            RawRecord record = record(0, offset++);
            return SourcePosition.of(times.timeOf(op, tsMs, LogOrder.of(op, header), TABLE, record), header, record);
        }
    }

    private static RawRecord record(int partition, long offset) {
        return RawRecord.ofKafka("t", partition, offset, -1, null, new byte[0], Headers.NONE);
    }

    private static String position(Op op, Place place, java.util.function.Consumer<EventHeader> log) {
        EventHeader header = new EventHeader();
        header.set(MetaField.TS_MS, place.tsMs);
        log.accept(header);
        return SourcePosition.of(op == Op.READ ? 0 : place.tsMs, header, record(0, place.offset));
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
