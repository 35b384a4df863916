package io.tributary.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.TributaryConfig;
import io.tributary.debezium.TableId;
import io.tributary.lake.Changes;
import io.tributary.lake.StoredTable;
import io.tributary.lake.commit.LakeTable.InstantState;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.protocol.WriteCounts;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.write.TableLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieTimelineTimeZone;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.table.timeline.HoodieActiveTimeline;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.table.timeline.HoodieInstantTimeGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The coordinator's side of real Hudi tables. */
class HudiTablesTest {
    private static final TableId ITEM = new TableId("shop", "shopdb", "public", "item");
    private static final TableSchema SCHEMA = TableSchema.of(Changes.of("item").schema());

    @TempDir
    Path directory;

    @Test
    void aTableIsMadeOnceAndOpenedAgainWithItsSchema() throws IOException {
        tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        LakeTable again = tables(Map.of()).open(ITEM, null, Set.of());
        assertThat(again.schema()).isEqualTo(SCHEMA);
        assertThat(stored().metaClient().getTableConfig().getTableName()).isEqualTo("shop_public_item");
    }

    @Test
    void aTableThatDoesNotExistIsNotMadeWithoutAColumn() throws IOException {
        assertThat(tables(Map.of()).open(ITEM, null, Set.of())).isNull();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theCommittedSchemaIsTheTablesSchema() throws IOException {
        LakeTable table = tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        TableSchema wider = TableSchema.of(Changes.schema("id \"long\"", "added \"string\""));
        table.widen(wider);
        table.commit(table.begin(), List.of());
        assertThat(tables(Map.of()).open(ITEM, SCHEMA, Set.of()).schema()).isEqualTo(SCHEMA.widen(wider));
    }

    @Test
    void anotherKeyIsRefused() throws IOException {
        tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        TableSchema byName = new TableSchema(SCHEMA.columns(), List.of("name"));
        assertThatThrownBy(() -> tables(Map.of()).open(ITEM, byName, Set.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("table shop.public.item was made with key id, but now it is name")
                .hasMessageContaining("Table.shop.public.item.key=id");
    }

    @Test
    void anotherPartitionIsRefused() throws IOException {
        tables(Map.of("partition", "name")).open(ITEM, SCHEMA, Set.of());
        assertThatThrownBy(() -> tables(Map.of("partition", "notes")).open(ITEM, SCHEMA, Set.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("partition columns name, but now it is notes")
                .hasMessageContaining("Table.shop.public.item.partition=name");
    }

    @Test
    void anotherNumberOfBucketsIsRefused() throws IOException {
        tables(Map.of("buckets", "3")).open(ITEM, SCHEMA, Set.of());
        assertThatThrownBy(() -> tables(Map.of("buckets", "4")).open(ITEM, SCHEMA, Set.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("number of buckets 3, but now it is 4")
                .hasMessageContaining("Table.shop.public.item.buckets=3");
    }

    @Test
    void aTableThatThisJobHasNotMadeIsRefused() throws IOException {
        tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        Path properties = directory.resolve("shop.public.item/.hoodie/hoodie.properties");
        Files.write(
                properties,
                Files.readAllLines(properties).stream()
                        .filter(line -> !line.startsWith(HudiTables.BUCKETS_PROPERTY))
                        .toList());
        assertThatThrownBy(() -> tables(Map.of()).open(ITEM, SCHEMA, Set.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was not made by Tributary")
                .hasMessageNotContaining("null");
    }

    @Test
    void whatDeadAttemptsHaveLeftIsRolledBackTheNewestFirst() throws IOException {
        LakeTable table = tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        table.commit(table.begin(), List.of());
        String kept = table.begin();
        table.begin();
        table.begin();
        LakeTable again = tables(Map.of()).open(ITEM, SCHEMA, Set.of(kept));
        assertThat(stored().pendingInstants())
                .extracting(HoodieInstant::getTimestamp)
                .containsExactly(kept);
        assertThat(again.state(kept)).isEqualTo(InstantState.PENDING);
        again.commit(kept, List.of());
        assertThat(again.state(kept)).isEqualTo(InstantState.COMMITTED);
        assertThat(again.begin()).isGreaterThan(kept);
    }

    @Test
    void anInstantThatWasOnlyRequestedIsRolledBackToo() throws IOException {
        LakeTable table = tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        String instant = table.begin();
        Files.delete(timeline().resolve(instant + ".inflight"));
        tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        assertThat(stored().pendingInstants()).isEmpty();
    }

    @Test
    void twoInstantsMayBeInflightAndAreCommittedInTheirOrder() throws IOException {
        LakeTable table = tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        String first = table.begin();
        String second = table.begin();
        table.commit(first, List.of());
        table.commit(second, List.of());
        assertThat(stored().pendingInstants()).isEmpty();
        assertThat(stored().commits()).isEqualTo(2);
    }

    @Test
    void aBucketThatWasWrittenTwiceIntoAnInstantIsOneFileWithTheFiguresOfBoth() throws IOException {
        LakeTable table = tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        String instant = table.begin();
        WrittenFile first = new WrittenFile("p", "0", "p/first.parquet", "before", 10, 4, 2, 0, 100);
        WrittenFile second = new WrittenFile("p", "0", "p/second.parquet", instant, 12, 2, 1, 1, 120);
        table.commit(instant, List.of(write(2, second), write(1, first)));

        HoodieActiveTimeline timeline = stored().metaClient().getActiveTimeline();
        List<HoodieWriteStat> stats = HoodieCommitMetadata.fromBytes(
                        timeline.getInstantDetails(timeline.lastInstant().get()).get(), HoodieCommitMetadata.class)
                .getWriteStats();
        assertThat(stats).singleElement().satisfies(stat -> {
            assertThat(stat.getPath()).isEqualTo("p/second.parquet");
            assertThat(stat.getPrevCommit()).isEqualTo("before");
            assertThat(stat.getNumWrites()).isEqualTo(12);
            assertThat(stat.getNumInserts()).isEqualTo(6);
            assertThat(stat.getNumUpdateWrites()).isEqualTo(3);
            assertThat(stat.getNumDeletes()).isEqualTo(1);
            assertThat(stat.getTotalWriteBytes()).isEqualTo(120);
        });
    }

    @Test
    void anInstantThatWasRolledBackIsGone() throws IOException {
        LakeTable table = tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        table.commit(table.begin(), List.of());
        String dead = table.begin();
        LakeTable again = tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        assertThat(again.state(dead)).isEqualTo(InstantState.GONE);
    }

    @Test
    void aCrashInsideTheCreationOfATableLeavesNothingThatIsInTheWay() throws IOException {
        Files.createDirectories(timeline());
        assertThat(tables(Map.of()).open(ITEM, SCHEMA, Set.of()).schema()).isEqualTo(SCHEMA);
    }

    @Test
    void anEmptyPropertiesFileOfACrashIsWrittenAnew() throws IOException {
        Files.createDirectories(timeline());
        Files.createFile(timeline().resolve("hoodie.properties"));
        assertThat(tables(Map.of()).open(ITEM, SCHEMA, Set.of()).schema()).isEqualTo(SCHEMA);
    }

    @Test
    void instantsGoOnWhenTheClockGoesBack() throws IOException {
        LakeTable table =
                tables(Map.of(), Instant.parse("2030-01-01T00:00:00Z")).open(ITEM, SCHEMA, Set.of());
        String first = table.begin();
        table.commit(first, List.of());
        assertThat(first).isEqualTo("20300101000000000");
        LakeTable again =
                tables(Map.of(), Instant.parse("2029-01-01T00:00:00Z")).open(ITEM, SCHEMA, Set.of());
        String second = again.begin();
        assertThat(second).isEqualTo("20300101000000001");
        again.commit(second, List.of());
        assertThat(again.begin()).isEqualTo("20300101000000002");
    }

    /** Hudi remembers the time zone of its instants per process, and only when it makes a table. */
    @Test
    void hudisOwnInstantsAreInUtcWhateverTheProcesssTimeZone() throws IOException {
        LakeTable table = tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        table.begin();
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            HoodieInstantTimeGenerator.setCommitTimeZone(HoodieTimelineTimeZone.LOCAL);
            String next = tables(Map.of()).open(ITEM, SCHEMA, Set.of()).begin();
            assertThat(Duration.between(Instant.now(), InstantClock.parse(next)).abs())
                    .isLessThan(Duration.ofHours(1));
        } finally {
            TimeZone.setDefault(zone);
            HoodieInstantTimeGenerator.setCommitTimeZone(HoodieTimelineTimeZone.UTC);
        }
    }

    @Test
    void aLongLifeLeavesABoundedTimelineAndOldInstantsAreToldApart() throws IOException {
        LakeTable table = tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        String first = table.begin();
        table.commit(first, List.of());
        String dead = table.begin();
        table = tables(Map.of()).open(ITEM, SCHEMA, Set.of());
        int most = 0;
        for (int commit = 0; commit < 120; commit++) {
            table.commit(table.begin(), List.of(write()));
            table.maintain();
            most = Math.max(most, stored().commits());
        }
        assertThat(most).isBetween(60, 110);
        try (Stream<Path> files = Files.list(timeline())) {
            assertThat(files.count()).isLessThan(400);
        }
        assertThat(stored().metaClient()
                        .getActiveTimeline()
                        .firstInstant()
                        .get()
                        .getTimestamp())
                .isGreaterThan(dead);
        assertThat(table.state(first)).isEqualTo(InstantState.COMMITTED);
        assertThat(table.state(dead)).isEqualTo(InstantState.GONE);
    }

    private static PendingWrite write() {
        return write(1);
    }

    private static PendingWrite write(long checkpoint, WrittenFile... files) {
        return new PendingWrite(checkpoint, ITEM, "-", SCHEMA, WriteCounts.NONE.plusEvent(1), List.of(files));
    }

    private Path timeline() {
        return directory.resolve("shop.public.item/.hoodie");
    }

    private StoredTable stored() {
        return new StoredTable(directory.toUri() + "shop.public.item");
    }

    private LakeTables tables(Map<String, String> options) {
        return new HudiTables(layout(options), Clock.systemUTC());
    }

    private LakeTables tables(Map<String, String> options, Instant now) {
        return new HudiTables(layout(options), Clock.fixed(now, ZoneOffset.UTC));
    }

    private TableLayout layout(Map<String, String> options) {
        Map<String, String> lake =
                new HashMap<>(Map.of("path", directory.toUri().toString()));
        return new TableLayout(new TributaryConfig(Map.of(
                "Lake", Configuration.fromMap(lake), "Table." + ITEM.fullName(), Configuration.fromMap(options))));
    }
}
