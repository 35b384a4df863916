package io.tributary.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.lake.Changes;
import io.tributary.lake.StoredTable;
import io.tributary.lake.commit.Rebucket.Outcome;
import io.tributary.lake.commit.Rebucket.Step;
import io.tributary.lake.write.SmallLake;
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
import java.util.TreeMap;
import org.apache.hudi.common.model.HoodieBaseFile;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.view.HoodieTableFileSystemView;
import org.apache.hudi.index.bucket.BucketIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RebucketTest {
    private static final Changes ITEM = Changes.of("item");
    private static final String NAME = "shop.public.item";
    private static final int ROWS = 100;

    @TempDir
    Path directory;

    private SmallLake lake(int buckets, Map<String, String> tableOptions) {
        return new SmallLake(directory, ITEM.table(), Map.of("buckets", Integer.toString(buckets)), tableOptions);
    }

    private SmallLake filled(int buckets, Map<String, String> tableOptions) throws IOException {
        SmallLake lake = lake(buckets, tableOptions);
        for (int i = 0; i < ROWS; i++) {
            lake.add(ITEM.upsert(i + 1, i, "name " + i % 3, "first"));
        }
        lake.flush().commit();
        return lake.commit(ITEM.upsert(1_000, 7, "name 1", "second"), ITEM.delete(1_001, 8, "name 2", "first"));
    }

    private Outcome rebucket(SmallLake lake, int buckets) throws IOException {
        return rebucket(lake, buckets, step -> {});
    }

    private Outcome rebucket(SmallLake lake, int buckets, Rebucket.Hook before) throws IOException {
        return new Rebucket(lake.layout, ITEM.table(), Clock.systemUTC(), before).run(buckets);
    }

    /** Every row by its key, its file's name left out: it is the only thing that changes. */
    private static Map<String, Object> rows(SmallLake lake) throws IOException {
        Map<String, Object> rows = new TreeMap<>();
        for (StoredTable.Row row : lake.stored().rows()) {
            Map<String, Object> values = new HashMap<>(row.values());
            values.remove("_hoodie_file_name");
            assertThat(rows.put(row.key(), List.of(row.partition(), row.commit(), values.toString())))
                    .as("key %s twice", row.key())
                    .isNull();
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"1,5", "5,1", "4,3", "2,40"})
    void everyRowIsAsItWasAndInTheBucketThatItsKeyHasNow(int from, int to) throws IOException {
        SmallLake lake = filled(from, Map.of());
        Map<String, Object> before = rows(lake);
        Outcome outcome = rebucket(lake, to);
        assertThat(outcome.bucketsBefore()).isEqualTo(from);
        assertThat(outcome.rows()).isEqualTo(ROWS);
        assertThat(rows(lake)).isEqualTo(before).hasSize(ROWS);
        SmallLake after = lake(to, Map.of());
        assertThat(after.stored().baseFiles()).hasSizeBetween(Math.min(to, 20), to);
        after.commit(ITEM.upsert(2_000, 7, "name 1", "third"), ITEM.upsert(2_001, 999, "new", "n"));
        assertThat(rows(after)).hasSize(ROWS + 1);
        assertThat(after.row("7")).containsEntry("notes", "third");
        assertThat(after.row("8")).containsEntry("__deleted", "true");
        assertThat(after.stored().baseFiles())
                .extracting(file -> BucketIdentifier.bucketIdFromFileId(file.getFileId()))
                .doesNotHaveDuplicates()
                .allSatisfy(bucket -> assertThat(bucket).isLessThan(to));
    }

    @Test
    void theTablesPartitionsStay() throws IOException {
        Map<String, String> byName = Map.of("partition", "name");
        SmallLake lake = filled(2, byName);
        Map<String, Object> before = rows(lake);
        rebucket(lake, 3);
        assertThat(rows(lake)).isEqualTo(before);
        SmallLake after = lake(3, byName).commit(ITEM.upsert(2_000, 7, "name 0", "moved"));
        assertThat(rows(after)).hasSize(ROWS);
    }

    @Test
    void anOlderInstantReadsAsItDid() throws IOException {
        SmallLake lake = filled(2, Map.of());
        List<String> files = filesAsOf(lake, newest(lake));
        String instant = newest(lake);
        rebucket(lake, 3);
        assertThat(filesAsOf(lake, instant)).isEqualTo(files).hasSize(2);
        assertThat(filesAsOf(lake, newest(lake))).hasSize(3);
    }

    private static String newest(SmallLake lake) {
        return lake.stored()
                .metaClient()
                .getCommitsTimeline()
                .lastInstant()
                .get()
                .getTimestamp();
    }

    private static List<String> filesAsOf(SmallLake lake, String instant) {
        HoodieTableMetaClient meta = lake.stored().metaClient();
        HoodieTableFileSystemView view = new HoodieTableFileSystemView(
                meta, meta.getCommitsTimeline().filterCompletedInstants().findInstantsBeforeOrEquals(instant));
        return view.getLatestBaseFilesBeforeOrOn("__table=item", instant)
                .map(HoodieBaseFile::getFileName)
                .sorted()
                .toList();
    }

    @Test
    void aJobWithTheOldNumberIsRefusedAndToldTheNewOne() throws IOException {
        SmallLake lake = filled(2, Map.of());
        rebucket(lake, 3);
        assertThatThrownBy(() -> lake.restart().commit(ITEM.upsert(2_000, 7, "x", "y")))
                .hasMessageContaining("number of buckets 3")
                .hasMessageContaining("Table.shop.public.item.buckets=3");
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void afterACrashTheTableReadsAsBeforeAndTheSameCommandFinishes(Step crash) throws IOException {
        SmallLake lake = filled(2, Map.of());
        Map<String, Object> before = rows(lake);
        assertThatThrownBy(() -> rebucket(lake, 3, step -> {
                    if (step == crash) {
                        throw new IllegalStateException("crash before " + step);
                    }
                }))
                .hasMessageContaining("crash");
        assertThat(rows(lake)).isEqualTo(before);
        if (crash != Step.MARK) {
            for (int buckets : new int[] {2, 3}) {
                assertThatThrownBy(() -> lake(buckets, Map.of()).commit(ITEM.upsert(2_000, 7, "x", "y")))
                        .hasMessageContaining("bin/rebucket");
            }
        }
        assertThat(rebucket(lake, 3).buckets()).isEqualTo(3);
        assertThat(rows(lake)).isEqualTo(before);
        assertThat(lake.stored().pendingInstants()).isEmpty();
        SmallLake after = lake(3, Map.of()).commit(ITEM.upsert(2_000, 7, "name 1", "third"));
        assertThat(rows(after)).hasSize(ROWS);
        assertThat(after.row("7")).containsEntry("notes", "third");
    }

    /** Hudi changes its properties in three steps, and keeps the old ones in a backup between them. */
    @Test
    void propertiesThatACrashHasLeftInTheirBackupAreRecovered() throws IOException {
        SmallLake lake = filled(2, Map.of());
        Path meta = directory.resolve(NAME).resolve(".hoodie");
        Files.move(meta.resolve("hoodie.properties"), meta.resolve("hoodie.properties.backup"));
        lake(2, Map.of()).commit(ITEM.upsert(2_000, 7, "name 1", "third"));
        assertThat(rows(lake)).hasSize(ROWS);
        Files.copy(meta.resolve("hoodie.properties"), meta.resolve("hoodie.properties.backup"));
        Files.writeString(meta.resolve("hoodie.properties"), "");
        assertThat(rebucket(lake, 3).bucketsBefore()).isEqualTo(2);
        assertThat(rows(lake)).hasSize(ROWS);
    }

    @Test
    void aTableThatAJobIsWritingIsLeftAlone() throws IOException {
        SmallLake lake = filled(2, Map.of());
        lake.add(ITEM.upsert(2_000, 7, "x", "y")).flush();
        assertThatThrownBy(() -> rebucket(lake, 3))
                .hasMessageContaining("uncommitted instant")
                .hasMessageContaining("flink stop");
        lake.commit();
        assertThat(rows(lake)).hasSize(ROWS);
    }

    /** @param ahead seconds that the clock of the command is ahead of the job's */
    @ParameterizedTest
    @ValueSource(ints = {0, 3600, -3600})
    void aJobThatStartsMeanwhileMakesItGiveUp(int ahead) throws IOException {
        SmallLake lake = filled(2, Map.of());
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(ahead));
        Rebucket.Hook job = step -> {
            if (step == Step.WRITE) { // a job that had the table open already
                lake.commit(ITEM.upsert(2_000, 7, "name 1", "third"));
            }
        };
        assertThatThrownBy(() -> new Rebucket(lake.layout, ITEM.table(), clock, job).run(3))
                .hasMessageContaining("stop the job");
        assertThat(rows(lake)).hasSize(ROWS);
        assertThat(lake.row("7")).containsEntry("notes", "third");
        lake.restart().commit(ITEM.upsert(2_001, 7, "name 1", "fourth"));
        assertThat(lake.row("7")).containsEntry("notes", "fourth");
    }

    /** Both take the millisecond in which they begin. */
    @Test
    void whatAJobHasCommittedAtTheSameInstantStays() throws IOException {
        Instant now = Instant.now().plusSeconds(10);
        SmallLake lake = filled(2, Map.of());
        lake.restart().through(new HudiTables(lake.layout, Clock.fixed(now, ZoneOffset.UTC)));
        lake.commit(ITEM.upsert(1_999, 6, "name 0", "before"));
        Rebucket.Hook job = step -> {
            if (step == Step.WRITE) {
                lake.commit(ITEM.upsert(2_000, 7, "name 1", "third"));
            }
        };
        Clock clock = Clock.fixed(now.plusMillis(1), ZoneOffset.UTC);
        assertThatThrownBy(() -> new Rebucket(lake.layout, ITEM.table(), clock, job).run(3))
                .hasMessageContaining("instant " + newest(lake) + ".commit")
                .hasMessageContaining("stop the job");
        assertThat(newest(lake)).isEqualTo(new InstantClock(clock).next(null));
        assertThat(rows(lake)).hasSize(ROWS);
        assertThat(lake.row("7")).containsEntry("notes", "third");
    }

    @Test
    void theSameNumberChangesNothing() throws IOException {
        SmallLake lake = filled(2, Map.of());
        String instant = newest(lake);
        assertThat(rebucket(lake, 2).rows()).isZero();
        assertThat(newest(lake)).isEqualTo(instant);
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> rebucket(lake(1, Map.of()), 2)).hasMessageContaining("there is no table " + NAME);
    }
}
