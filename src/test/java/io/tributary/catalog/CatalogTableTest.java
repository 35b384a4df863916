package io.tributary.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.config.TributaryConfig;
import io.tributary.row.Column;
import io.tributary.row.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTableTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("price", ColumnType.decimal(8, 2), true),
            new Column("tags", ColumnType.array(ColumnType.LONG), true),
            new Column("photo", ColumnType.BYTES, true),
            new Column("at", ColumnType.TIMESTAMP, true),
            new Column("day", ColumnType.DATE, true));

    @ParameterizedTest
    @CsvSource({
        "table, shop.Public.Order-Item, order_item",
        "schema-table, shop.Public.Order-Item, public_order_item",
        "full, shop.Public.Order-Item, shop_public_order_item",
        "table, shop.item, item",
        "schema-table, shop.item, shop_item"
    })
    void namesFollowTheRule(String rule, String table, String name) {
        assertThat(new CatalogNames(config(Map.of("table.name", rule))).of(table))
                .isEqualTo(name);
    }

    @Test
    void aTableMayHaveANameOfItsOwnAfterThePrefix() {
        TributaryConfig config = new TributaryConfig(Map.of(
                "Catalog", Configuration.fromMap(Map.of("prefix", "raw_")),
                "Table.shop.public.item", Configuration.fromMap(Map.of("name", "things"))));
        assertThat(new CatalogNames(config).of("shop.public.item")).isEqualTo("raw_things");
        assertThat(new CatalogNames(config).of("shop.public.sale")).isEqualTo("raw_sale");
    }

    private static TributaryConfig config(Map<String, String> catalog) {
        return new TributaryConfig(Map.of("Catalog", Configuration.fromMap(catalog)));
    }

    @Test
    void typesAreThoseOfHiveAndOfSpark() throws Exception {
        assertThat(COLUMNS)
                .extracting(column -> ColumnTypeNames.hive(column.type()))
                .containsExactly("decimal(8,2)", "array<bigint>", "binary", "timestamp", "date");
        Map<String, String> properties = SparkProperties.of(COLUMNS, List.of("day"));
        assertThat(properties)
                .containsEntry("spark.sql.sources.schema.numPartCols", "1")
                .containsEntry("spark.sql.sources.schema.partCol.0", "day");
        assertThat(schema(properties).findValues("type"))
                .extracting(JsonNode::toString)
                .contains(
                        "\"decimal(8,2)\"",
                        "{\"type\":\"array\",\"elementType\":\"long\",\"containsNull\":true}",
                        "\"binary\"",
                        "\"timestamp\"",
                        "\"date\"");
    }

    @Test
    void partitionKeysThatHiveCannotReadFromAPathAreText() {
        assertThat(ColumnTypeNames.hivePartition(ColumnType.DATE)).isEqualTo("date");
        assertThat(ColumnTypeNames.hivePartition(ColumnType.LONG)).isEqualTo("bigint");
        assertThat(ColumnTypeNames.hivePartition(ColumnType.TIMESTAMP)).isEqualTo("string");
        assertThat(ColumnTypeNames.hivePartition(ColumnType.decimal(4, 1))).isEqualTo("string");
    }

    @Test
    void aLongSchemaIsCutIntoPartsThatFitAMetastore() throws Exception {
        List<Column> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(new Column("column \"" + i + "\"", ColumnType.STRING, true));
        }
        Map<String, String> properties = SparkProperties.of(many, List.of());
        assertThat(properties.values())
                .allSatisfy(value -> assertThat(value).hasSizeLessThanOrEqualTo(SparkProperties.LONGEST_PART));
        assertThat(schema(properties).path("fields")).hasSize(300);
    }

    private static JsonNode schema(Map<String, String> properties) throws Exception {
        int parts = Integer.parseInt(properties.get("spark.sql.sources.schema.numParts"));
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            json.append(properties.get("spark.sql.sources.schema.part." + i));
        }
        return new ObjectMapper().readTree(json.toString());
    }

    @Test
    void columnsKeepTheirPlaceAndTheirCommentAndNewOnesComeLast() {
        List<CatalogColumn> stored = List.of(
                new CatalogColumn("a", "int", "one"),
                new CatalogColumn("gone", "int", null),
                new CatalogColumn("__op", "string", null));
        List<CatalogColumn> wanted = List.of(
                new CatalogColumn("a", "bigint", null),
                new CatalogColumn("b", "int", null),
                new CatalogColumn("__op", "string", null));
        assertThat(CatalogColumn.merge(stored, wanted))
                .containsExactly(
                        new CatalogColumn("a", "bigint", "one"),
                        new CatalogColumn("__op", "string", null),
                        new CatalogColumn("b", "int", null));
    }

    @ParameterizedTest
    @CsvSource({
        "s3a://b/lake/t, s3://b/lake/t/, true",
        "file:///lake/t, file:/lake/t, true",
        "s3://b/lake/t, s3://b/lake/t2, false",
        "hdfs://n/t, s3://n/t, false"
    })
    void onePlaceHasSeveralAddresses(String one, String other, boolean same) {
        assertThat(Locations.same(one, other)).isEqualTo(same);
    }
}
