package io.tributary.local.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.local.cli.CommandException;
import io.tributary.local.cli.UsageException;
import io.tributary.row.Infinity;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.hudi.org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeQueryTest {
    private static final Schema SALE = HudiFixture.schema(
            "salesid \"int\"",
            "buyer \"string\"",
            "price \"double\"",
            "caldate {\"type\":\"int\",\"logicalType\":\"date\"}",
            "saletime {\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}");
    private static final Schema WIDER_SALE = HudiFixture.schema(
            "salesid \"int\"",
            "buyer \"string\"",
            "price \"double\"",
            "caldate {\"type\":\"int\",\"logicalType\":\"date\"}",
            "saletime {\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}",
            "channel \"string\"");
    private static final Schema TYPES = HudiFixture.schema(
            "id \"long\"",
            "flag \"boolean\"",
            "amount {\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":12,\"scale\":2}",
            "ratio \"float\"",
            "payload \"bytes\"",
            "tags {\"type\":\"array\",\"items\":\"string\"}");
    private static final Schema NARROW = HudiFixture.schema("id \"int\"", "name \"string\"");

    @TempDir
    static Path lakeDirectory;

    private static TimeZone zone;
    private static LakeQuery lake;
    private static String first;
    private static String second;

    @BeforeAll
    static void writeLake() {
        zone = TimeZone.getDefault();
        // Just an hour that does not exist here must come out right.
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        HudiFixture sale = new HudiFixture(lakeDirectory, "tickit.ecomm.sale", "salesid");
        first = sale.upsert(
                SALE,
                List.of(
                        row("salesid", 10, "buyer", "ten, \"quoted\"", "price", 9835.16),
                        row("salesid", 9, "price", 1.0E10),
                        row(
                                "salesid",
                                2,
                                "buyer",
                                "zwei",
                                "price",
                                109.0,
                                "caldate",
                                -1,
                                "saletime",
                                micros("2026-03-08T02:30:00Z")),
                        row("salesid", 3, "buyer", "\\N", "saletime", micros("2020-01-02T03:04:05.000006Z"))));
        second = sale.upsert(
                WIDER_SALE,
                List.of(
                        row("salesid", 2, "buyer", "zwei", "price", 0.1, "channel", "web"),
                        row("salesid", 3, "buyer", "\\N", "__op", "d"),
                        row("salesid", 11, "buyer", "elf")));
        new HudiFixture(lakeDirectory, "tickit.ecomm.event", "id")
                .upsert(NARROW, List.of(row("id", 1, "name", "shop")));
        new HudiFixture(lakeDirectory, "tickit.ems.event", "id")
                .upsert(NARROW, List.of(row("id", 1, "name", "show"), row("id", 2, "name", "concert")));
        Map<String, Object> types =
                row("id", 1L, "flag", true, "ratio", 0.1f, "payload", ByteBuffer.wrap(new byte[] {0, (byte) 0xab}));
        types.put(
                "amount",
                ByteBuffer.wrap(new BigDecimal("12.30").unscaledValue().toByteArray()));
        types.put("tags", List.of("a", "b"));
        new HudiFixture(lakeDirectory, "tickit.ecomm.types", "id").upsert(TYPES, List.of(types, row("id", 2L)));
        lake = new LakeQuery(lakeDirectory.toString());
    }

    @AfterAll
    static void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @Test
    void listsTheTables() {
        assertThat(lake.tables())
                .contains("tickit.ecomm.event", "tickit.ecomm.sale", "tickit.ecomm.types", "tickit.ems.event");
    }

    @Test
    void csvShowsLiveRowsByKeyWithTheTablesOwnColumns() {
        assertThat(OutputFormat.CSV.text(lake.table("sale"))).isEqualTo("""
                        salesid,buyer,price,caldate,saletime,channel
                        2,zwei,0.1,\\N,\\N,web
                        9,\\N,10000000000,\\N,\\N,\\N
                        10,"ten, ""quoted""\",9835.16,\\N,\\N,\\N
                        11,elf,\\N,\\N,\\N,\\N
                        """);
    }

    @Test
    void anEarlierStateIsReadFromTheFilesOfThatTime() {
        assertThat(OutputFormat.CSV.text(lake.table("tickit.ecomm.sale", ReadOptions.LIVE.asOf(first))))
                .isEqualTo("""
                        salesid,buyer,price,caldate,saletime,channel
                        2,zwei,109,1969-12-31,2026-03-08 02:30:00,\\N
                        3,"\\N",\\N,\\N,2020-01-02 03:04:05.000006,\\N
                        9,\\N,10000000000,\\N,\\N,\\N
                        10,"ten, ""quoted""\",9835.16,\\N,\\N,\\N
                        """);
    }

    @Test
    void beforeTheFirstCommitThereIsNoRow() {
        QueryResult before = lake.table("sale", ReadOptions.LIVE.asOf("2001-01-01"));
        assertThat(before.rows()).isEmpty();
        assertThat(before.columns()).contains("salesid", "channel");
    }

    @Test
    void aPointInTimeMayBeAnIsoTime() {
        String future = Instant.now().plusSeconds(60).toString();
        assertThat(lake.table("sale", ReadOptions.LIVE.asOf(future)).rows())
                .isEqualTo(lake.table("sale").rows());
    }

    @Test
    void aRangeHoldsTheRowsWrittenInIt() {
        assertThat(keys(lake.table("sale", ReadOptions.LIVE.since(first)))).containsExactly(2, 11);
        assertThat(keys(lake.table("sale", ReadOptions.LIVE.since(first).withDeleted())))
                .containsExactly(2, 3, 11);
        assertThat(keys(lake.table("sale", ReadOptions.LIVE.since("2001-01-01").until(first))))
                .containsExactly(2, 3, 9, 10);
        assertThat(keys(lake.table("sale", ReadOptions.LIVE.since(second)))).isEmpty();
    }

    @Test
    void deletedRowsAndAddedColumnsAreShownOnRequest() {
        QueryResult all = lake.table("sale", ReadOptions.LIVE.withDeleted().withMeta());
        assertThat(keysOf(all, "salesid")).containsExactly(2, 3, 9, 10, 11);
        Map<String, Object> deleted = all.asMaps().get(1);
        assertThat(deleted)
                .containsEntry("__op", "d")
                .containsEntry("__deleted", "true")
                .containsEntry("_hoodie_commit_time", second)
                .containsEntry("__table", "sale");
    }

    @Test
    void valuesHaveTheirTypes() {
        Map<String, Object> sale =
                lake.table("sale", ReadOptions.LIVE.asOf(first)).asMaps().get(0);
        assertThat(sale)
                .containsEntry("price", 109.0)
                .containsEntry("caldate", LocalDate.of(1969, 12, 31))
                .containsEntry("saletime", LocalDateTime.of(2026, 3, 8, 2, 30));
        QueryResult types = lake.table("types");
        Map<String, Object> row = types.asMaps().get(0);
        assertThat(row)
                .containsEntry("id", 1L)
                .containsEntry("flag", true)
                .containsEntry("amount", new BigDecimal("12.30"))
                .containsEntry("ratio", 0.1f)
                .containsEntry("tags", List.of("a", "b"));
        assertThat((byte[]) row.get("payload")).containsExactly(0, 0xab);
        assertThat(OutputFormat.CSV.text(types)).isEqualTo("""
                        id,flag,amount,ratio,payload,tags
                        1,true,12.30,0.1,\\x00ab,"{a,b}"
                        2,\\N,\\N,\\N,\\N,\\N
                        """);
        assertThat(OutputFormat.JSON.text(types))
                .startsWith("{\"id\":1,\"flag\":true,\"amount\":12.30,\"ratio\":0.1,\"payload\":\"\\\\x00ab\","
                        + "\"tags\":[\"a\",\"b\"]}\n");
    }

    @Test
    void infiniteTimestampsAreShownAsPostgresWritesThem() {
        Schema schema =
                HudiFixture.schema("id \"int\"", "starttime {\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}");
        new HudiFixture(lakeDirectory, "tickit.ems.endless", "id")
                .upsert(
                        schema,
                        List.of(
                                row("id", 1, "starttime", Infinity.POSITIVE_MICROS),
                                row("id", 2, "starttime", Infinity.NEGATIVE_MICROS)));
        assertThat(OutputFormat.CSV.text(lake.table("endless"))).isEqualTo("id,starttime\n1,infinity\n2,-infinity\n");
    }

    @Test
    void sqlJoinsTablesByTheirShortNames() {
        QueryResult joined = lake.sql("select s.salesid, e.name, sum(s.price) over () as total from sale s "
                + "join ems_event e on e.id = s.salesid order by 1");
        assertThat(OutputFormat.TABLE.text(joined)).isEqualTo("""
                        salesid  name     total
                        -------  -------  -----
                              2  concert    0.1
                        (1 row)
                        """);
        assertThat(lake.sql("select count(*) from ecomm_sale").rows()).containsExactly(List.of(4L));
        assertThat(lake.sql("select count(*) from \"tickit.ecomm.sale\"").rows())
                .containsExactly(List.of(4L));
        assertThat(lake.sql("select max(saletime) from sale", ReadOptions.LIVE.asOf(first))
                        .rows())
                .containsExactly(List.of(LocalDateTime.of(2026, 3, 8, 2, 30)));
    }

    @Test
    void anUnknownTableIsNamedWithThoseThatAreThere() {
        assertThatThrownBy(() -> lake.table("sales"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("No table sales")
                .hasMessageContaining("tickit.ecomm.sale");
    }

    @Test
    void anAmbiguousNameIsRefusedWithTheCandidates() {
        assertThatThrownBy(() -> lake.table("event"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("ambiguous")
                .hasMessageContaining("tickit.ecomm.event, tickit.ems.event");
        assertThat(lake.table("ems_event").rows()).hasSize(2);
        assertThat(lake.table("ems.event").rows()).hasSize(2);
        assertThatThrownBy(() -> lake.sql("select * from event"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("ems_event");
    }

    @Test
    void wrongSqlShowsTheReasonAndTheNames() {
        assertThatThrownBy(() -> lake.sql("select nothing from sale"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("nothing")
                .hasMessageContaining("ecomm_sale or sale");
    }

    @Test
    void aWrongPointInTimeSaysWhatIsRight() {
        assertThatThrownBy(() -> lake.table("sale", ReadOptions.LIVE.asOf("yesterday")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("yesterday")
                .hasMessageContaining("yyyyMMddHHmmssSSS");
    }

    @Test
    void aRowsHistoryHasOneVersionPerCommitThatWroteIt() {
        assertThat(OutputFormat.CSV.text(lake.history("sale", "2", false))).isEqualTo("""
                        instant,op,deleted,salesid,buyer,price,caldate,saletime,channel
                        %s,c,false,2,zwei,109,1969-12-31,2026-03-08 02:30:00,\\N
                        %s,c,false,2,zwei,0.1,\\N,\\N,web
                        """.formatted(first, second));
        assertThat(lake.history("sale", "salesid=3", false).asMaps())
                .extracting(row -> row.get("op"))
                .containsExactly("c", "d");
        assertThat(lake.history("sale", "9", false).rows()).hasSize(1);
        assertThat(lake.history("sale", "9", true).columns()).contains("__source_position");
    }

    @Test
    void aKeyWithoutARowAndAKeyOfAnotherShapeAreNamed() {
        assertThatThrownBy(() -> lake.history("sale", "1' OR '1'='1", false))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("tickit.ecomm.sale")
                .hasMessageContaining("salesid");
        assertThatThrownBy(() -> RowKey.condition("1", List.of("a", "b")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("a,b");
        assertThat(RowKey.condition("a=1,x'y", List.of("a", "b")))
                .isEqualTo("CAST(\"a\" AS VARCHAR) = '1' AND CAST(\"b\" AS VARCHAR) = 'x''y'");
    }

    @Test
    void theLakeTellsOfItsTablesCommitsColumnsAndFiles() {
        QueryResult tables = lake.show(Show.TABLES, null, ReadOptions.LIVE);
        assertThat(tables.asMaps())
                .filteredOn(row -> row.get("table").equals("tickit.ecomm.sale"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("rows", 4L)
                        .containsEntry("commits", 2)
                        .containsEntry("last_commit", second));

        QueryResult commits = lake.show(Show.COMMITS, "sale", ReadOptions.LIVE);
        assertThat(commits.asMaps()).extracting(row -> row.get("instant")).containsExactly(first, second);
        assertThat(commits.asMaps()).extracting(row -> row.get("inserted")).containsExactly(4L, 1L);
        assertThat(commits.asMaps()).extracting(row -> row.get("updated")).containsExactly(0L, 2L);

        QueryResult schema = lake.show(Show.SCHEMA, "sale", ReadOptions.LIVE);
        assertThat(schema.asMaps())
                .contains(
                        Map.of("column", "salesid", "type", "INTEGER", "key", true, "origin", "source"),
                        Map.of("column", "__op", "type", "VARCHAR", "key", false, "origin", "job"),
                        Map.of("column", "_hoodie_commit_time", "type", "VARCHAR", "key", false, "origin", "hudi"));

        assertThat(lake.show(Show.FILES, "sale", ReadOptions.LIVE).asMaps())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row).containsEntry("instant", second).containsEntry("rows", 5L);
                    assertThat(row.get("file").toString()).startsWith("__table=sale/");
                });
        assertThat(lake.show(Show.FILES, "sale", ReadOptions.LIVE.asOf(first)).asMaps())
                .singleElement()
                .satisfies(
                        row -> assertThat(row).containsEntry("instant", first).containsEntry("rows", 4L));
    }

    @Test
    void aMissingLakeIsNamed() {
        assertThatThrownBy(() -> new LakeQuery(lakeDirectory.resolve("none").toString()).tables())
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("none");
    }

    private static List<Object> keys(QueryResult result) {
        return keysOf(result, result.columns().get(0));
    }

    private static List<Object> keysOf(QueryResult result, String key) {
        return result.asMaps().stream().map(row -> row.get(key)).toList();
    }

    private static long micros(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    private static Map<String, Object> row(Object... columnsAndValues) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            row.put((String) columnsAndValues[i], columnsAndValues[i + 1]);
        }
        return row;
    }
}
