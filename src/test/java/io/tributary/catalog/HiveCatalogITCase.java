package io.tributary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.config.ThriftAddress;
import io.tributary.config.TributaryConfig;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.TableId;
import io.tributary.lake.Changes;
import io.tributary.lake.EventSource;
import io.tributary.lake.LakeSink;
import io.tributary.lake.commit.HudiTables;
import io.tributary.lake.commit.StoredTables;
import io.tributary.lake.write.SmallLake;
import io.tributary.local.stack.FreePort;
import io.tributary.local.stack.LocalMetastore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Hive metastore; each test has a database of its own. */
class HiveCatalogITCase {
    private static LocalMetastore metastore;
    private static int databases;

    @TempDir
    Path directory;

    private final String database = "db" + databases++;
    private final MetastoreConnection connection = connection(metastore.uri());

    @BeforeAll
    static void start() {
        metastore = LocalMetastore.started();
    }

    @AfterAll
    static void stop() {
        metastore.close();
    }

    private static MetastoreConnection connection(String uris) {
        return new MetastoreConnection(ThriftAddress.parseAll(uris), 20_000);
    }

    private TableSync sync(SmallLake lake) {
        return sync(lake, metastore.uri());
    }

    private TableSync sync(SmallLake lake, String uris) {
        return new TableSync(
                new HiveCatalog(database, connection(uris)),
                new StoredTables(lake.layout),
                new CatalogNames(new TributaryConfig(Map.of())));
    }

    private Table stored() throws IOException {
        return connection.ask("read", client -> client.get_table(database, "item"));
    }

    private void change(Table table) throws IOException {
        connection.ask("change", client -> {
            client.alter_table_with_environment_context(database, "item", table, null);
            return null;
        });
    }

    private List<Partition> partitions() throws IOException {
        return connection.ask("read", client -> client.get_partitions(database, "item", (short) -1));
    }

    private static List<String> columns(List<FieldSchema> fields) {
        return fields.stream()
                .map(field -> field.getName() + " " + field.getType())
                .toList();
    }

    @Test
    void databaseTableAndPartitionAreCreatedAsHudisOwnToolMakesThem() throws IOException {
        SmallLake lake = Descriptions.lake(directory).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        sync(lake).sync(Descriptions.TABLE, Set.of());
        Table table = stored();
        assertThat(table.getTableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(columns(table.getPartitionKeys())).containsExactly("__table string");
        assertThat(columns(table.getSd().getCols()))
                .startsWith("_hoodie_commit_time string")
                .containsSequence("id int", "name string", "notes string", "__op string")
                .doesNotContain("__table string");
        assertThat(table.getSd().getInputFormat()).isEqualTo("org.apache.hudi.hadoop.HoodieParquetInputFormat");
        assertThat(table.getSd().getOutputFormat())
                .isEqualTo("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat");
        assertThat(table.getSd().getSerdeInfo().getSerializationLib())
                .isEqualTo("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
        assertThat(table.getSd().getSerdeInfo().getParameters())
                .containsEntry("hoodie.query.as.ro.table", "false")
                .containsKey("path");
        assertThat(table.getParameters())
                .containsEntry("EXTERNAL", "TRUE")
                .containsEntry("spark.sql.sources.provider", "hudi")
                .containsEntry("spark.sql.sources.schema.partCol.0", "__table")
                .containsKey("last_commit_time_sync");
        assertThat(Locations.same(table.getSd().getLocation(), lake.layout.path(Descriptions.TABLE)))
                .isTrue();
        assertThat(partitions()).singleElement().satisfies(partition -> {
            assertThat(partition.getValues()).containsExactly("item");
            assertThat(partition.getSd().getLocation()).endsWith("/shop.public.item/__table=item");
        });
    }

    @Test
    void whatIsInStepIsNotWrittenAgain() throws IOException {
        SmallLake lake = Descriptions.lake(directory).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        sync(lake).sync(Descriptions.TABLE, Set.of());
        Table before = stored();
        sync(lake).sync(Descriptions.TABLE, Set.of("__table=item"));
        // an ALTER TABLE would have set transient_lastDdlTime, in seconds, and it is part of the entry
        assertThat(stored()).isEqualTo(before);
        CatalogTable entry = CatalogTable.of(
                "item", before.getSd().getLocation(), new StoredTables(lake.layout).describe(Descriptions.TABLE));
        assertThat(new HiveCatalog(database, connection).register(entry)).isEqualTo(Catalog.Change.NONE);
    }

    @Test
    void columnsReachTheTableAndEachOfItsPartitions() throws IOException {
        SmallLake lake = Descriptions.partitioned(directory)
                .commit(Descriptions.ITEM.upsert(1, 1, "a/b c", "n"), Descriptions.ITEM.upsert(2, 2, "b", "n"));
        TableSync sync = sync(lake);
        sync.sync(Descriptions.TABLE, Set.of());
        Descriptions.widen(lake);
        sync.sync(Descriptions.TABLE, Set.of("name=ten"));
        assertThat(columns(stored().getSd().getCols()))
                .contains("id bigint", "__op string")
                .endsWith("stock int");
        assertThat(columns(stored().getPartitionKeys())).containsExactly("name string");
        assertThat(partitions())
                .extracting(partition -> partition.getValues().get(0))
                .containsExactlyInAnyOrder("a/b c", "b", "ten");
        assertThat(partitions())
                .allSatisfy(partition -> assertThat(columns(partition.getSd().getCols()))
                        .isEqualTo(columns(stored().getSd().getCols())));
    }

    /** Each step that a lake's column can take: TypeWidening. */
    @Test
    void aMetastoreWithDefaultSettingsTakesWiderTypes() throws IOException {
        TableId item = Descriptions.ITEM.table();
        SmallLake lake = new SmallLake(directory, item)
                .commit(changes("int", "float", "int", 8, 2).upsert(1, 1));
        TableSync sync = sync(lake);
        sync.sync(Descriptions.TABLE, Set.of());
        lake.commit(changes("long", "double", "long", 12, 4).upsert(2, 1));
        sync.sync(Descriptions.TABLE, Set.of());
        assertThat(columns(stored().getSd().getCols()))
                .contains("id bigint", "f double", "tags array<bigint>", "d decimal(12,4)");
    }

    private static Changes changes(String id, String f, String tag, int precision, int scale) {
        return Changes.of(
                "item",
                "id \"" + id + "\"",
                "f [\"null\",\"" + f + "\"]",
                "tags [\"null\",{\"type\":\"array\",\"items\":\"" + tag + "\"}]",
                decimal(precision, scale));
    }

    private static String decimal(int precision, int scale) {
        return "d [\"null\",{\"type\":\"bytes\",\"scale\":" + scale + ",\"precision\":" + precision
                + ",\"connect.version\":1,\"connect.parameters\":{\"scale\":\"" + scale
                + "\",\"connect.decimal.precision\":\"" + precision
                + "\"},\"connect.name\":\"org.apache.kafka.connect.data.Decimal\",\"logicalType\":\"decimal\"}]";
    }

    @Test
    void whatOthersHaveAddedStays() throws IOException {
        SmallLake lake = Descriptions.lake(directory).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        TableSync sync = sync(lake);
        sync.sync(Descriptions.TABLE, Set.of());
        Table table = stored();
        table.putToParameters("comment", "what we sell");
        table.getSd().getCols().get(6).setComment("shown to customers");
        change(table);
        Descriptions.widen(lake);
        sync.sync(Descriptions.TABLE, Set.of());
        assertThat(stored().getParameters()).containsEntry("comment", "what we sell");
        assertThat(stored().getSd().getCols().get(6).getComment()).isEqualTo("shown to customers");
        assertThat(columns(stored().getSd().getCols())).endsWith("stock int");
    }

    @Test
    void anotherTableOfThatNameIsLeftAlone() throws IOException {
        SmallLake lake = Descriptions.lake(directory.resolve("one")).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        sync(lake).sync(Descriptions.TABLE, Set.of());
        Table before = stored();
        SmallLake other =
                Descriptions.lake(directory.resolve("two")).commit(Descriptions.WIDER.upsert(1, 1, "", "", 1));
        assertThatThrownBy(() -> sync(other).sync(Descriptions.TABLE, Set.of()))
                .hasMessageContaining(database + ".item in the catalogue is the table at")
                .hasMessageContaining("Catalog.prefix");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void aJobRegistersItsTablesWhileItRuns() throws Exception {
        runJob(metastore.uri());
        // the coordinator finishes it after the tasks
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(metastore.partitions(database))
                    .isEqualTo(Map.of("raw_item", List.of("__table=item"), "raw_sale", List.of("__table=sale")));
            Table item = connection.ask("read", client -> client.get_table(database, "raw_item"));
            assertThat(columns(item.getSd().getCols())).contains("id bigint", "stock int");
            assertThat(item.getParameters().get("last_commit_time_sync"))
                    .isEqualTo(new StoredTables(Descriptions.lake(directory).layout)
                            .describe(Descriptions.TABLE)
                            .instant());
        });
    }

    @Test
    void aCatalogueThatDoesNotAnswerHoldsNoJobUp() throws Exception {
        runJob("thrift://127.0.0.1:" + FreePort.find());
        assertThat(new StoredTables(Descriptions.lake(directory).layout).names())
                .hasSize(2);
    }

    private void runJob(String uris) throws Exception {
        List<ChangeEvent> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            events.add(Descriptions.ITEM.upsert(i, i, "item " + i, "n"));
            events.add(Changes.of("sale").upsert(i, i, "sale " + i, "n"));
        }
        for (int i = 20; i < 40; i++) {
            events.add(Descriptions.WIDER.upsert(i, i, "item " + i, "n", i));
        }
        TributaryConfig config = new TributaryConfig(Map.of(
                "Lake", Configuration.fromMap(Map.of("path", directory.toUri().toString(), "buckets", "1")),
                "Catalog",
                        Configuration.fromMap(
                                Map.of("type", "hive", "uris", uris, "database", database, "prefix", "raw_"))));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(
                2, Configuration.fromMap(Map.of("execution.checkpointing.interval", "100 ms")));
        env.getConfig().disableGenericTypes();
        LakeSink.attach(new EventSource.Script(events, 3).attach(env), config, HudiTables::of, Catalogs.of(config));
        env.execute();
    }

    @Test
    void theServersAreTriedInTurnAndOneThatDoesNotAnswerIsNamed() throws IOException {
        SmallLake lake = Descriptions.lake(directory).commit(Descriptions.ITEM.upsert(1, 1, "one", "n"));
        String dead = "thrift://127.0.0.1:" + FreePort.find();
        assertThatThrownBy(() -> sync(lake, dead).sync(Descriptions.TABLE, Set.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(dead)
                .hasMessageContaining("Catalog.uris");
        sync(lake, dead + "," + metastore.uri()).sync(Descriptions.TABLE, Set.of());
        assertThat(stored().getTableName()).isEqualTo("item");
    }
}
