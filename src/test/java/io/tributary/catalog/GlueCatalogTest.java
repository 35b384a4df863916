package io.tributary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.glue.model.GetPartitionsRequest;
import com.amazonaws.services.glue.model.GetTableRequest;
import com.amazonaws.services.glue.model.Table;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.TributaryConfig;
import io.tributary.http.StubServer.Reply;
import io.tributary.lake.commit.StoredTables;
import io.tributary.lake.write.SmallLake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that answers Glue's protocol as documented; AWS's own client reads the outcome. */
class GlueCatalogTest {
    @TempDir
    Path directory;

    private final LocalGlue glue = new LocalGlue();

    @AfterEach
    void stop() {
        glue.close();
    }

    private TableSync sync(SmallLake lake) {
        return new TableSync(
                glue.catalog("shop"), new StoredTables(lake.layout), new CatalogNames(new TributaryConfig(Map.of())));
    }

    private Table stored() {
        return glue.aws()
                .getTable(new GetTableRequest().withDatabaseName("shop").withName("item"))
                .getTable();
    }

    private List<com.amazonaws.services.glue.model.Partition> partitions() {
        return glue.aws()
                .getPartitions(
                        new GetPartitionsRequest().withDatabaseName("shop").withTableName("item"))
                .getPartitions();
    }

    @Test
    void databaseTableAndPartitionAreCreatedAsHudisOwnToolMakesThem() throws IOException {
        SmallLake lake = Descriptions.lake(directory).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        sync(lake).sync(Descriptions.TABLE, Set.of());
        Table table = stored();
        assertThat(table.getTableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(table.getPartitionKeys())
                .extracting(column -> column.getName() + " " + column.getType())
                .containsExactly("__table string");
        assertThat(table.getStorageDescriptor().getColumns())
                .extracting(column -> column.getName() + " " + column.getType())
                .startsWith(
                        "_hoodie_commit_time string",
                        "_hoodie_commit_seqno string",
                        "_hoodie_record_key string",
                        "_hoodie_partition_path string",
                        "_hoodie_file_name string",
                        "id int",
                        "name string",
                        "notes string",
                        "__op string")
                .contains("__source_ts_ms bigint", "__deleted string")
                .doesNotContain("__table string");
        assertThat(table.getStorageDescriptor().getInputFormat())
                .isEqualTo("org.apache.hudi.hadoop.HoodieParquetInputFormat");
        assertThat(table.getStorageDescriptor().getSerdeInfo().getSerializationLibrary())
                .isEqualTo("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
        assertThat(table.getStorageDescriptor().getSerdeInfo().getParameters())
                .containsEntry("path", table.getStorageDescriptor().getLocation())
                .containsEntry("hoodie.query.as.ro.table", "false");
        assertThat(Locations.same(table.getStorageDescriptor().getLocation(), lake.layout.path(Descriptions.TABLE)))
                .isTrue();
        assertThat(table.getParameters())
                .containsEntry("EXTERNAL", "TRUE")
                .containsEntry("spark.sql.sources.provider", "hudi")
                .containsEntry("spark.sql.sources.schema.numPartCols", "1")
                .containsEntry("spark.sql.sources.schema.partCol.0", "__table")
                .containsKeys("spark.sql.sources.schema.part.0", "last_commit_time_sync");
        assertThat(partitions()).singleElement().satisfies(partition -> {
            assertThat(partition.getValues()).containsExactly("item");
            assertThat(partition.getStorageDescriptor().getLocation()).endsWith("/shop.public.item/__table=item");
            assertThat(partition.getStorageDescriptor().getColumns())
                    .isEqualTo(table.getStorageDescriptor().getColumns());
        });
    }

    @Test
    void whatIsInStepIsReadOnly() throws IOException {
        SmallLake lake = Descriptions.lake(directory).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        TableSync sync = sync(lake);
        sync.sync(Descriptions.TABLE, Set.of());
        glue.actions.clear();
        sync.sync(Descriptions.TABLE, Set.of("__table=item"));
        assertThat(glue.actions).containsExactly("GetTable");
    }

    @Test
    void aNewProcessChecksThePartitionsOnce() throws IOException {
        SmallLake lake = Descriptions.lake(directory).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        sync(lake).sync(Descriptions.TABLE, Set.of());
        glue.actions.clear();
        sync(lake).sync(Descriptions.TABLE, Set.of());
        assertThat(glue.actions).containsExactly("GetTable", "GetTable", "GetPartitions");
    }

    @Test
    void aCommitMovesTheNewestInstant() throws IOException {
        SmallLake lake = Descriptions.lake(directory).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        TableSync sync = sync(lake);
        sync.sync(Descriptions.TABLE, Set.of());
        String first = stored().getParameters().get("last_commit_time_sync");
        lake.commit(Descriptions.ITEM.upsert(2, 1, "two", "n"));
        glue.actions.clear();
        sync.sync(Descriptions.TABLE, Set.of("__table=item"));
        assertThat(stored().getParameters().get("last_commit_time_sync")).isGreaterThan(first);
        assertThat(glue.actions).startsWith("GetTable", "UpdateTable").doesNotContain("BatchCreatePartition");
    }

    @Test
    void columnsReachTheTableAndEachOfItsPartitions() throws IOException {
        SmallLake lake = Descriptions.partitioned(directory);
        for (int i = 0; i < 5; i++) {
            lake.commit(Descriptions.ITEM.upsert(i, i, "name " + i, "n"));
        }
        TableSync sync = sync(lake);
        sync.sync(Descriptions.TABLE, Set.of());
        assertThat(partitions()).hasSize(3); // a page
        Descriptions.widen(lake);
        sync.sync(Descriptions.TABLE, Set.of("name=ten"));
        assertThat(stored().getStorageDescriptor().getColumns())
                .extracting(column -> column.getName() + " " + column.getType())
                .contains("id bigint", "stock int")
                .last()
                .isEqualTo("stock int");
        assertThat(stored().getPartitionKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.getName()).isEqualTo("name"));
        assertThat(partitions())
                .allSatisfy(
                        partition -> assertThat(partition.getStorageDescriptor().getColumns())
                                .isEqualTo(stored().getStorageDescriptor().getColumns()));
        assertThat(glue.actions).contains("BatchUpdatePartition");
    }

    @Test
    void aNewPartitionIsAddedWithoutReadingTheOthers() throws IOException {
        SmallLake lake = Descriptions.partitioned(directory).commit(Descriptions.ITEM.upsert(1, 1, "a/b c", "n"));
        TableSync sync = sync(lake);
        sync.sync(Descriptions.TABLE, Set.of());
        assertThat(partitions())
                .singleElement()
                .satisfies(partition -> assertThat(partition.getValues()).containsExactly("a/b c"));
        lake.commit(Descriptions.ITEM.upsert(2, 2, "new", "n"));
        glue.actions.clear();
        sync.sync(Descriptions.TABLE, Set.of("name=new"));
        assertThat(glue.actions).containsExactly("GetTable", "UpdateTable", "GetTable", "BatchCreatePartition");
        assertThat(partitions()).hasSize(2);
    }

    @Test
    void moreThanAHundredPartitionsGoInSeveralRequests() throws IOException {
        SmallLake lake = Descriptions.partitioned(directory);
        for (int i = 0; i < 101; i++) {
            lake.add(Descriptions.ITEM.upsert(i, i, "name " + i, "n"));
        }
        sync(lake.flush().commit()).sync(Descriptions.TABLE, Set.of());
        assertThat(glue.actions.stream().filter("BatchCreatePartition"::equals)).hasSize(2);
    }

    @Test
    void whatOthersHaveAddedStays() throws IOException {
        SmallLake lake = Descriptions.lake(directory).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        TableSync sync = sync(lake);
        sync.sync(Descriptions.TABLE, Set.of());
        ObjectNode table = glue.table("item");
        table.put("Description", "what we sell").put("Owner", "data");
        table.withObject("/Parameters").put("classification", "gold");
        ((ObjectNode) table.at("/StorageDescriptor/Columns/6")).put("Comment", "shown to customers");
        Descriptions.widen(lake);
        sync.sync(Descriptions.TABLE, Set.of("__table=item"));
        Table after = stored();
        assertThat(after.getDescription()).isEqualTo("what we sell");
        assertThat(after.getOwner()).isEqualTo("data");
        assertThat(after.getParameters()).containsEntry("classification", "gold");
        assertThat(after.getStorageDescriptor().getColumns())
                .anySatisfy(column -> assertThat(column.getComment()).isEqualTo("shown to customers"));
    }

    @Test
    void throttlingAndPassingFailuresAreRepeated() throws IOException {
        SmallLake lake = Descriptions.lake(directory).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        glue.next(
                LocalGlue.error(400, "ThrottlingException", "Rate exceeded"),
                LocalGlue.error(500, "InternalServiceException", "sorry"),
                Reply.of(503));
        sync(lake).sync(Descriptions.TABLE, Set.of());
        assertThat(stored().getName()).isEqualTo("item");
    }

    @Test
    void aRefusalNamesThePermissionAndShowsNoSecret() throws IOException {
        SmallLake lake = Descriptions.lake(directory).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        glue.next(LocalGlue.error(
                400, "AccessDeniedException", "User: arn:aws:iam::123456789012:role/job is not authorized"));
        assertThatThrownBy(() -> sync(lake).sync(Descriptions.TABLE, Set.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("glue:GetTable")
                .hasMessageContaining("role/job is not authorized")
                .hasMessageNotContaining("secret");
    }

    @Test
    void anotherTableOfThatNameIsLeftAlone() throws IOException {
        SmallLake lake = Descriptions.lake(directory.resolve("one")).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        sync(lake).sync(Descriptions.TABLE, Set.of());
        Table before = stored();
        SmallLake other =
                Descriptions.lake(directory.resolve("two")).commit(Descriptions.WIDER.upsert(1, 1, "", "", 1));
        assertThatThrownBy(() -> sync(other).sync(Descriptions.TABLE, Set.of()))
                .hasMessageContaining("shop.item in the catalogue is the table at")
                .hasMessageContaining("Catalog.prefix");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void somebodyElsesChangeMeanwhileIsNotOverwritten() throws IOException {
        SmallLake lake = Descriptions.lake(directory).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        TableSync sync = sync(lake);
        sync.sync(Descriptions.TABLE, Set.of());
        String stale = "{\"Table\":" + glue.table("item") + "}";
        glue.table("item").put("VersionId", "7");
        Descriptions.widen(lake);
        glue.next(Reply.ok(stale));
        assertThatThrownBy(() -> sync.sync(Descriptions.TABLE, Set.of("__table=item")))
                .hasMessageContaining("ConcurrentModificationException");
        sync.sync(Descriptions.TABLE, Set.of());
        assertThat(stored().getStorageDescriptor().getColumns())
                .anySatisfy(column -> assertThat(column.getName()).isEqualTo("stock"));
    }

    @Test
    void aTableWithoutACommitIsNotRegistered() throws IOException {
        SmallLake lake = Descriptions.lake(directory);
        lake.add(Descriptions.ITEM.upsert(1, 1, "one", "n")).flush();
        sync(lake).sync(Descriptions.TABLE, Set.of());
        assertThat(glue.actions).isEmpty();
    }
}
