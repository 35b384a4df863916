package io.tributary.lake.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.debezium.ChangeEvent;
import io.tributary.lake.Changes;
import io.tributary.lake.StoredTable;
import io.tributary.lake.protocol.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows into Hudi tables on disk, read back from the committed files. */
class TableWriterTest {
    private static final String TEXT = Changes.NULLABLE_TEXT;

    @TempDir
    Path directory;

    private final Changes changes = Changes.of("item");

    @Test
    void anInsertIsStoredWithTheLakesColumns() throws IOException {
        SmallLake lake = lake(Map.of()).commit(changes.upsert(1, 7, "a", null));
        assertThat(lake.row("7"))
                .containsEntry("id", 7)
                .containsEntry("name", "a")
                .containsEntry("notes", null)
                .containsEntry("__op", "u")
                .containsEntry("__name", "shop")
                .containsEntry("__db", "shopdb")
                .containsEntry("__schema", "public")
                .containsEntry("__table", "item")
                .containsEntry("__source_ts_ms", 1L)
                .containsEntry("__deleted", "false")
                .containsEntry("__source_position", Changes.position(1))
                .containsEntry("__column_positions", null)
                .containsEntry("__rescued_data", null)
                .containsEntry("_hoodie_record_key", "7")
                .containsEntry("_hoodie_partition_path", "__table=item");
    }

    @Test
    void anUpdateReplacesTheRowAndLeavesTheOthersWithTheirCommit() throws IOException {
        SmallLake lake = lake(Map.of()).commit(changes.upsert(1, 7, "a", "x"), changes.upsert(2, 8, "b", "y"));
        Object first = lake.row("8").get("_hoodie_commit_time");
        lake.commit(changes.upsert(3, 7, "c", null));
        assertThat(lake.row("7")).containsEntry("name", "c").containsEntry("notes", null);
        assertThat(lake.row("8")).containsEntry("name", "b").containsEntry("_hoodie_commit_time", first);
        assertThat(lake.row("7").get("_hoodie_commit_time")).isNotEqualTo(first);
        assertThat(lake.stored().baseFiles()).hasSize(1);
    }

    @Test
    void anOlderEventThatComesLateChangesNothing() throws IOException {
        SmallLake lake = lake(Map.of()).commit(changes.upsert(5, 7, "new", "x"));
        Map<String, Object> before = lake.row("7");
        lake.commit(changes.upsert(4, 7, "old", "y"), changes.deleteWithKeyOnly(3, 7));
        assertThat(withoutFile(lake.row("7"))).isEqualTo(withoutFile(before));
    }

    @Test
    void anUnavailableValueLeavesTheStoredOne() throws IOException {
        SmallLake lake = lake(Map.of()).commit(changes.upsert(1, 7, "a", "long text"));
        lake.commit(changes.upsert(2, 7, "b", Changes.UNAVAILABLE));
        assertThat(lake.row("7")).containsEntry("name", "b").containsEntry("notes", "long text");
        lake.commit(changes.upsert(3, 7, "c", "other"));
        assertThat(lake.row("7")).containsEntry("notes", "other").containsEntry("__column_positions", null);
    }

    /** A moved key beside an unchanged TOAST column: what is stored at the new key is another row's. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNewRowThatComesWithoutAValueDoesNotGetThatOfADeletedOne(boolean inOneCommit) throws IOException {
        SmallLake lake = lake(Map.of());
        ChangeEvent[] events = {
            changes.upsert(1, 7, "a", "another row's"),
            changes.deleteWithKeyOnly(2, 7),
            changes.create(4, 7, "moved", Changes.UNAVAILABLE),
            changes.upsert(3, 7, "late", "another row's"),
            changes.upsert(5, 7, "later", Changes.UNAVAILABLE)
        };
        if (inOneCommit) {
            lake.commit(events);
        } else {
            for (ChangeEvent event : events) {
                lake.commit(event);
            }
        }
        assertThat(lake.row("7"))
                .containsEntry("__deleted", "false")
                .containsEntry("name", "later")
                .containsEntry("notes", null);
        assertThat(lake.commit(changes.upsert(6, 7, "b", "read")).row("7")).containsEntry("notes", "read");
    }

    /** The same for a column that the table does not have. */
    @Test
    void aNewRowThatComesWithoutARescuedValueDoesNotGetThatOfADeletedOne() throws IOException {
        SmallLake lake = lake(Map.of("schema.evolution", "ignore")).commit(changes.upsert(1, 9, "a", "x"));
        Changes wider = Changes.of(
                "item",
                "id \"int\"",
                "name " + Changes.NULLABLE_TEXT,
                "notes " + Changes.NULLABLE_TEXT,
                "more " + Changes.NULLABLE_TEXT);
        lake.commit(wider.upsert(2, 7, "a", "x", "another row's"));
        assertThat(lake.row("7")).containsEntry("__rescued_data", "{\"more\":\"another row's\"}");
        lake.commit(wider.deleteWithKeyOnly(3, 7))
                .commit(
                        wider.create(4, 7, "moved", "y", Changes.UNAVAILABLE),
                        wider.upsert(5, 7, "later", "y", Changes.UNAVAILABLE));
        assertThat(lake.row("7")).containsEntry("name", "later").containsEntry("__rescued_data", null);
    }

    @Test
    void aSoftDeleteKeepsTheLastKnownValues() throws IOException {
        SmallLake lake = lake(Map.of()).commit(changes.upsert(1, 7, "a", "x"), changes.upsert(1, 8, "b", "y"));
        lake.commit(changes.deleteWithKeyOnly(2, 7), changes.deleteWithoutBefore(2, 8));
        assertThat(lake.row("7"))
                .containsEntry("name", "a")
                .containsEntry("notes", "x")
                .containsEntry("__op", "d")
                .containsEntry("__deleted", "true");
        assertThat(lake.row("8")).containsEntry("name", "b").containsEntry("__deleted", "true");
        assertThat(lake.stored().live()).isEmpty();
    }

    @Test
    void aBeforeImageFillsOnlyWhatIsNotKnown() throws IOException {
        SmallLake lake = lake(Map.of()).commit(changes.upsert(1, 7, "written", Changes.UNAVAILABLE));
        lake.commit(changes.delete(2, 7, "image", "image"));
        assertThat(lake.row("7")).containsEntry("name", "written").containsEntry("notes", "image");
    }

    @Test
    void aDeletedRowComesBackWithANewerInsertOnly() throws IOException {
        SmallLake lake = lake(Map.of()).commit(changes.upsert(1, 7, "a", "x"));
        lake.commit(changes.deleteWithKeyOnly(5, 7)).commit(changes.upsert(4, 7, "late", "x"));
        assertThat(lake.row("7")).containsEntry("__deleted", "true").containsEntry("name", "late");
        lake.commit(changes.upsert(6, 7, "again", "z"));
        assertThat(lake.row("7")).containsEntry("__deleted", "false").containsEntry("name", "again");
    }

    @Test
    void theDeleteOfAnUnknownKeyIsKeptSoThatAnOlderInsertStaysDeleted() throws IOException {
        SmallLake lake = lake(Map.of()).commit(changes.deleteWithoutBefore(5, 7));
        assertThat(lake.row("7")).containsEntry("__deleted", "true").doesNotContainKey("name");
        lake.commit(changes.upsert(4, 7, "late", "x"));
        assertThat(lake.row("7")).containsEntry("__deleted", "true").containsEntry("name", "late");
    }

    @Test
    void aHardDeleteRemovesTheRow() throws IOException {
        SmallLake lake = lake(Map.of("delete.mode", "hard"));
        lake.commit(changes.upsert(1, 7, "a", "x"), changes.upsert(1, 8, "b", "y"));
        lake.commit(changes.deleteWithKeyOnly(2, 7), changes.deleteWithoutBefore(2, 9));
        assertThat(lake.stored().rows()).extracting(StoredTable.Row::key).containsExactly("8");
        lake.commit(changes.upsert(3, 9, "c", "z"), changes.deleteWithKeyOnly(4, 9));
        assertThat(lake.stored().rows()).extracting(StoredTable.Row::key).containsExactly("8");
    }

    @Test
    void aTruncateDeletesWhatIsOlderAndNothingElse() throws IOException {
        SmallLake lake = lake(Map.of()).commit(changes.upsert(1, 7, "a", "x"), changes.upsert(9, 8, "b", "y"));
        lake.add(changes.upsert(4, 10, "c", "z"), changes.upsert(6, 11, "d", "z"));
        lake.commit(changes.truncate(5));
        assertThat(lake.stored().live()).containsOnlyKeys("8", "11");
        assertThat(lake.row("7"))
                .containsEntry("__op", "t")
                .containsEntry("name", "a")
                .containsEntry("notes", "x")
                .containsEntry("id", 7);
        assertThat(lake.row("10")).containsEntry("__deleted", "true").containsEntry("name", "c");
    }

    @Test
    void aHardTruncateRemovesWhatIsOlder() throws IOException {
        SmallLake lake = lake(Map.of("delete.mode", "hard"));
        lake.commit(changes.upsert(1, 7, "a", "x"), changes.upsert(9, 8, "b", "y"));
        lake.commit(changes.truncate(5));
        assertThat(lake.stored().rows()).extracting(StoredTable.Row::key).containsExactly("8");
    }

    @Test
    void aTruncateAloneOfATableThatIsNotThereMakesNoTable() throws IOException {
        lake(Map.of()).add(changes.truncate(5)).flush();
        assertThat(directory).isEmptyDirectory();
    }

    /** The topic's partitions are not read in step: an insert of before the truncate may come after it. */
    @Test
    void aRowOlderThanATruncateThatWasAppliedBeforeStaysDeleted() throws IOException {
        SmallLake lake = lake(Map.of()).commit(changes.upsert(1, 7, "a", "x"));
        lake.commit(changes.truncate(5));
        lake.commit(changes.upsert(4, 8, "late", "y"), changes.upsert(6, 9, "new", "z"));
        assertThat(lake.stored().live()).containsOnlyKeys("9");
        assertThat(lake.row("8")).containsEntry("__op", "t").containsEntry("name", "late");
    }

    @Test
    void ofTwoWritesIntoOneInstantOnlyTheLaterFileIsCommittedAndNothingIsLost() throws IOException {
        SmallLake lake = lake(Map.of()).commit(changes.upsert(1, 7, "a", "x"));
        lake.add(changes.upsert(2, 8, "b", "y")).flush();
        lake.add(changes.upsert(3, 9, "c", "z"), changes.upsert(4, 8, "b2", "y"))
                .flush();
        assertThat(lake.written()).hasSize(2);
        String first = file(lake, 0).path();
        String second = file(lake, 1).path();
        lake.commit();
        assertThat(lake.stored().live()).containsOnlyKeys("7", "8", "9");
        assertThat(lake.row("8")).containsEntry("name", "b2");
        assertThat(files("item")).contains(second).doesNotContain(first);
        try (Stream<Path> markers = Files.walk(directory)) {
            assertThat(markers.filter(file -> file.toString().contains(".marker")))
                    .isEmpty();
        }
    }

    @Test
    void afterARestartTheStoredRowsAreFoundAgain() throws IOException {
        SmallLake lake = lake(Map.of("buckets", "3"));
        for (int key = 0; key < 20; key++) {
            lake.add(changes.upsert(1, key, "a" + key, "x"));
        }
        lake.commit(changes.upsert(2, 100, "b", "y"));
        lake.restart();
        lake.commit(changes.upsert(3, 5, "changed", "x"));
        assertThat(lake.stored().live()).hasSize(21);
        assertThat(lake.row("5")).containsEntry("name", "changed");
        assertThat(lake.stored().baseFiles()).hasSize(3);
    }

    @Test
    void whatADeadAttemptHasWrittenIsRolledBack() throws IOException {
        SmallLake lake = lake(Map.of()).commit(changes.upsert(1, 7, "a", "x"));
        lake.add(changes.upsert(2, 7, "dead", "x"), changes.upsert(2, 8, "dead", "x"))
                .flush();
        String dead = file(lake, 0).path();
        lake.restart();
        lake.commit(changes.upsert(3, 9, "alive", "x"));
        assertThat(lake.stored().live()).containsOnlyKeys("7", "9");
        assertThat(lake.row("7")).containsEntry("name", "a");
        assertThat(files("item")).doesNotContain(dead);
        assertThat(lake.stored().pendingInstants()).isEmpty();
    }

    @Test
    void aRowThatMovesToAnotherPartitionIsStoredOnce() throws IOException {
        Changes sales = Changes.of("sale", "id \"int\"", "region " + TEXT, "n " + TEXT);
        SmallLake lake = partitioned(sales, "region");
        lake.commit(sales.upsert(1, 7, "north", "1"), sales.upsert(1, 8, "north", "2"));
        lake.commit(sales.upsert(2, 7, "south/east =ü", "3"));
        assertThat(lake.stored().live()).hasSize(2);
        assertThat(lake.row("7")).containsEntry("region", "south/east =ü");
        assertThat(lake.row("7").get("_hoodie_partition_path"))
                .isNotEqualTo("region=north")
                .asString()
                .startsWith("region=south")
                .doesNotContain("/");
        lake.commit(sales.upsert(1, 7, "north", "late"));
        assertThat(lake.row("7")).containsEntry("region", "south/east =ü").containsEntry("n", "3");
    }

    @Test
    void aDeleteWithTheKeyAloneFindsTheRowsPartition() throws IOException {
        Changes sales = Changes.of("sale", "id \"int\"", "region " + TEXT, "n " + TEXT);
        SmallLake lake = partitioned(sales, "region");
        lake.commit(sales.upsert(1, 7, "north", "1"));
        lake.commit(sales.deleteWithoutBefore(2, 7));
        assertThat(lake.stored().rows()).hasSize(1);
        assertThat(lake.row("7"))
                .containsEntry("_hoodie_partition_path", "region=north")
                .containsEntry("__deleted", "true")
                .containsEntry("n", "1");
    }

    @Test
    void aDeleteThatCameFirstMovesToItsPartitionWhenTheRowComes() throws IOException {
        Changes sales = Changes.of("sale", "id \"int\"", "region " + TEXT, "n " + TEXT);
        SmallLake lake = partitioned(sales, "region");
        lake.commit(sales.deleteWithoutBefore(2, 7)).commit(sales.upsert(1, 7, "north", "1"));
        assertThat(lake.row("7"))
                .containsEntry("_hoodie_partition_path", "region=north")
                .containsEntry("__deleted", "true");
    }

    @Test
    void aPartitionColumnThatIsNullCountsAsHivesDefaultPartition() throws IOException {
        Changes sales = Changes.of("sale", "id \"int\"", "region " + TEXT, "n " + TEXT);
        SmallLake lake = partitioned(sales, "region");
        lake.commit(sales.upsert(1, 7, null, "1"), sales.upsert(1, 8, "", "1"));
        assertThat(lake.row("7"))
                .containsEntry("_hoodie_partition_path", "region=__HIVE_DEFAULT_PARTITION__")
                .containsEntry("region", null);
        assertThat(lake.row("8")).containsEntry("region", "");
        lake.restart().commit(sales.upsert(2, 7, "north", "2"));
        assertThat(lake.stored().live()).hasSize(2);
    }

    @Test
    void aTruncateReachesEveryPartition() throws IOException {
        Changes sales = Changes.of("sale", "id \"int\"", "region " + TEXT, "n " + TEXT);
        SmallLake lake = partitioned(sales, "region,n");
        lake.commit(
                sales.upsert(1, 7, "north", "1"), sales.upsert(1, 8, "south", "1"), sales.upsert(9, 9, "west", "2"));
        lake.commit(sales.truncate(5));
        assertThat(lake.stored().live()).containsOnlyKeys("9");
        assertThat(lake.row("8")).containsEntry("_hoodie_partition_path", "region=south/n=1");
    }

    /**
     * @param memory for the filters of keys: none, for one of the two partitions, and enough
     * @param reads of keys: of both files, and then again of those that there is no memory for
     */
    @ParameterizedTest
    @CsvSource({"0,4", "300,3", "1000000,2"})
    void aPartitionWithoutAnyOfTheKeysIsNotRead(long memory, int reads) throws IOException {
        Changes sales = Changes.of("sale", "id \"int\"", "region " + TEXT, "n " + TEXT);
        SmallLake lake = partitioned(sales, "region").keyMemory(memory);
        lake.commit(sales.upsert(1, 7, "north", "1"), sales.upsert(1, 8, "south", "1"));
        Path north = directory.resolve(lake.stored().baseFiles().stream()
                .filter(file -> file.getPath().contains("region=north"))
                .findFirst()
                .orElseThrow()
                .getHadoopPath()
                .toUri()
                .getPath());
        byte[] sound = Files.readAllBytes(north);
        spoil(north, "n");
        lake.restart().commit(sales.upsert(2, 8, "south", "2"));
        lake.commit(sales.upsert(3, 8, "south", "3"), sales.upsert(3, 9, "south", "3"));
        assertThat(lake.keyReads()).isEqualTo(reads);
        SmallLake spoiled = lake.restart().add(sales.upsert(4, 7, "south", "4"));
        assertThatThrownBy(spoiled::flush).as("the rows can be read").isInstanceOf(RuntimeException.class);
        Files.write(north, sound);
        lake.restart().commit(sales.upsert(5, 7, "south", "5"));
        assertThat(lake.stored().live()).hasSize(3);
        assertThat(lake.row("7")).containsEntry("region", "south").containsEntry("n", "5");
        assertThat(lake.row("8")).containsEntry("n", "3");
    }

    /** Makes a column unreadable, and leaves all else as it is. */
    private static void spoil(Path file, String column) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new org.apache.hadoop.conf.Configuration()))) {
            for (ColumnChunkMetaData chunk :
                    reader.getFooter().getBlocks().get(0).getColumns()) {
                if (chunk.getPath().toDotString().equals(column)) {
                    int start = (int) chunk.getStartingPos();
                    Arrays.fill(bytes, start, start + (int) chunk.getTotalSize(), (byte) 0xff);
                }
            }
        }
        Files.write(file, bytes);
    }

    @Test
    void rowsOfAnOlderSchemaAreReadWithTheWiderOne() throws IOException {
        String oldPrice =
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":5,\"scale\":2}".replace("\"", "\"");
        Changes older = Changes.of("item", "id \"int\"", "n [\"null\",\"int\"]", "price [\"null\"," + oldPrice + "]");
        Changes newer = Changes.of(
                "item",
                "id \"int\"",
                "n [\"null\",\"long\"]",
                "price [\"null\"," + oldPrice.replace("5", "12").replace("\"scale\":2", "\"scale\":4") + "]",
                "added " + TEXT);
        SmallLake lake = new SmallLake(directory, older.table());
        lake.commit(older.upsert(1, 7, 41, decimal("-12.34")), older.upsert(1, 8, null, null));
        lake.commit(newer.upsert(2, 9, 1L << 40, decimal("12345678.1234"), "new"));
        assertThat(lake.row("7"))
                .containsEntry("n", 41L)
                .containsEntry("price", new java.math.BigDecimal("-12.3400"))
                .containsEntry("added", null);
        assertThat(lake.row("8")).containsEntry("n", null).containsEntry("price", null);
        assertThat(lake.row("9"))
                .containsEntry("n", 1L << 40)
                .containsEntry("price", new java.math.BigDecimal("12345678.1234"))
                .containsEntry("added", "new");
        lake.restart().commit(older.upsert(3, 10, 5, decimal("1.00")));
        assertThat(lake.row("10")).containsEntry("n", 5L).containsEntry("price", new java.math.BigDecimal("1.0000"));
        assertThat(lake.row("9")).containsEntry("added", "new");
    }

    @Test
    void aValueThatItsColumnCannotHoldIsKeptAsTextUntilAnotherReplacesIt() throws IOException {
        Changes numbers = Changes.of("item", "id \"int\"", "n [\"null\",\"int\"]");
        Changes texts = Changes.of("item", "id \"int\"", "n " + TEXT);
        SmallLake lake = new SmallLake(directory, numbers.table()).commit(numbers.upsert(1, 7, 41));
        lake.commit(texts.upsert(2, 7, "forty-two \"quoted\""));
        assertThat(lake.row("7"))
                .containsEntry("n", null)
                .containsEntry("__rescued_data", "{\"n\":\"forty-two \\\"quoted\\\"\"}");
        lake.commit(texts.deleteWithKeyOnly(3, 7));
        assertThat(lake.row("7")).containsEntry("__rescued_data", "{\"n\":\"forty-two \\\"quoted\\\"\"}");
        lake.commit(numbers.upsert(4, 7, 43));
        assertThat(lake.row("7")).containsEntry("n", 43).containsEntry("__rescued_data", null);
    }

    private SmallLake lake(Map<String, String> options) {
        return new SmallLake(directory, changes.table(), options, Map.of());
    }

    private SmallLake partitioned(Changes table, String columns) {
        return new SmallLake(directory, table.table(), Map.of(), Map.of("partition", columns));
    }

    private static java.nio.ByteBuffer decimal(String number) {
        return java.nio.ByteBuffer.wrap(
                new java.math.BigDecimal(number).unscaledValue().toByteArray());
    }

    private static Map<String, Object> withoutFile(Map<String, Object> row) {
        Map<String, Object> rest = new java.util.LinkedHashMap<>(row);
        rest.remove("_hoodie_file_name");
        return rest;
    }

    private static WrittenFile file(SmallLake lake, int write) {
        return lake.written().get(write).files().get(0);
    }

    private List<String> files(String table) throws IOException {
        Path base = directory.resolve("shop.public." + table);
        try (Stream<Path> files = Files.walk(base)) {
            return files.map(file -> base.relativize(file).toString()).toList();
        }
    }
}
