package io.tributary.lake.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.Changes;
import io.tributary.local.query.LakeQuery;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every type, written and read back exactly: from the files with Hudi's reader, and by DuckDB. */
class StoredTypesTest {
    private static final String WIDE = "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":38,\"scale\":10}";
    private static final String NARROW = "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":1,\"scale\":1}";
    private static final BigDecimal LARGEST = new BigDecimal("9999999999999999999999999999.9999999999");
    private static final long MICROS = 1_000_000;

    @TempDir
    Path directory;

    private final Changes all = Changes.of(
            "item",
            "id \"int\"",
            "yes " + orNull("\"boolean\""),
            "i " + orNull("\"int\""),
            "l " + orNull("\"long\""),
            "f " + orNull("\"float\""),
            "d " + orNull("\"double\""),
            "wide " + orNull(WIDE),
            "narrow " + orNull(NARROW),
            "day " + orNull("{\"type\":\"int\",\"connect.name\":\"io.debezium.time.Date\"}"),
            "at " + orNull("{\"type\":\"long\",\"connect.name\":\"io.debezium.time.MicroTimestamp\"}"),
            "s " + orNull("\"string\""),
            "b " + orNull("\"bytes\""),
            "ints " + orNull("{\"type\":\"array\",\"items\":[\"null\",\"int\"]}"),
            "texts " + orNull("{\"type\":\"array\",\"items\":[\"null\",\"string\"]}"));

    private final Object[] largest = {
        1,
        true,
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        Float.MAX_VALUE,
        Double.MAX_VALUE,
        decimal(LARGEST),
        decimal(new BigDecimal("0.9")),
        2932896,
        253402300799L * MICROS + 999_999,
        "😀 ä \"quoted\" \\ \n \u0000end",
        ByteBuffer.wrap(new byte[] {0, -1, 127, -128}),
        Arrays.asList(1, null, Integer.MIN_VALUE),
        Arrays.asList("", null, "😀,\"")
    };

    private final Object[] smallest = {
        2,
        false,
        Integer.MIN_VALUE,
        Long.MIN_VALUE,
        Float.MIN_VALUE,
        -Double.MIN_VALUE,
        decimal(LARGEST.negate()),
        decimal(new BigDecimal("-0.9")),
        -719162,
        -62135596800L * MICROS + 1,
        "",
        ByteBuffer.wrap(new byte[0]),
        List.of(),
        List.of()
    };

    private final Object[] nulls =
            new Object[] {3, null, null, null, null, null, null, null, null, null, null, null, null, null};

    @Test
    void everyValueComesBackFromTheFilesAsItWas() throws IOException {
        SmallLake lake = new SmallLake(directory, all.table());
        lake.commit(all.upsert(1, largest), all.upsert(1, smallest), all.upsert(1, nulls));
        assertStored(lake);
        // once more through a file that is merged
        lake.restart().commit(all.deleteWithKeyOnly(2, 1), all.deleteWithKeyOnly(2, 2), all.deleteWithKeyOnly(2, 3));
        assertStored(lake);
    }

    private void assertStored(SmallLake lake) throws IOException {
        assertThat(lake.row("1"))
                .containsEntry("yes", true)
                .containsEntry("i", Integer.MAX_VALUE)
                .containsEntry("l", Long.MAX_VALUE)
                .containsEntry("f", Float.MAX_VALUE)
                .containsEntry("d", Double.MAX_VALUE)
                .containsEntry("wide", LARGEST)
                .containsEntry("narrow", new BigDecimal("0.9"))
                .containsEntry("day", 2932896)
                .containsEntry("at", 253402300799L * MICROS + 999_999)
                .containsEntry("s", largest[10])
                .containsEntry("b", new byte[] {0, -1, 127, -128})
                .containsEntry("ints", largest[12])
                .containsEntry("texts", largest[13]);
        assertThat(lake.row("2"))
                .containsEntry("yes", false)
                .containsEntry("i", Integer.MIN_VALUE)
                .containsEntry("l", Long.MIN_VALUE)
                .containsEntry("f", Float.MIN_VALUE)
                .containsEntry("d", -Double.MIN_VALUE)
                .containsEntry("wide", LARGEST.negate())
                .containsEntry("narrow", new BigDecimal("-0.9"))
                .containsEntry("day", -719162)
                .containsEntry("at", -62135596800L * MICROS + 1)
                .containsEntry("s", "")
                .containsEntry("b", new byte[0])
                .containsEntry("ints", List.of())
                .containsEntry("texts", List.of());
        all.schema().columns().stream().skip(1).forEach(column -> {
            try {
                assertThat(lake.row("3")).containsEntry(column.name(), null);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void duckDbReadsTheSameValues() throws IOException {
        new SmallLake(directory, all.table())
                .commit(all.upsert(1, largest), all.upsert(1, smallest), all.upsert(1, nulls));
        List<Map<String, Object>> rows =
                new LakeQuery(directory.toString()).table("item").asMaps();
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0))
                .containsEntry("yes", true)
                .containsEntry("l", Long.MAX_VALUE)
                .containsEntry("f", Float.MAX_VALUE)
                .containsEntry("wide", LARGEST)
                .containsEntry("narrow", new BigDecimal("0.9"))
                .containsEntry("day", LocalDate.of(9999, 12, 31))
                .containsEntry("at", LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000))
                .containsEntry("s", largest[10])
                .containsEntry("b", new byte[] {0, -1, 127, -128})
                .containsEntry("ints", largest[12])
                .containsEntry("texts", largest[13]);
        assertThat(rows.get(1))
                .containsEntry("l", Long.MIN_VALUE)
                .containsEntry("d", -Double.MIN_VALUE)
                .containsEntry("wide", LARGEST.negate())
                .containsEntry("day", LocalDate.of(1, 1, 1))
                .containsEntry("at", LocalDateTime.of(1, 1, 1, 0, 0, 0, 1000))
                .containsEntry("b", new byte[0])
                .containsEntry("ints", List.of());
        assertThat(rows.get(2).values()).containsOnly(3, null);
    }

    @Test
    void aTextOfManyKilobytesIsStoredWhole() throws IOException {
        Changes changes = Changes.of("item");
        String text = "ä".repeat(300_000);
        SmallLake lake = new SmallLake(directory, changes.table()).commit(changes.upsert(1, 7, text, "x"));
        lake.commit(changes.upsert(2, 8, "b", "y"));
        assertThat(((String) lake.row("7").get("name")).getBytes(StandardCharsets.UTF_8))
                .hasSize(600_000);
    }

    private static String orNull(String type) {
        return "[\"null\"," + type + "]";
    }

    private static ByteBuffer decimal(BigDecimal value) {
        return ByteBuffer.wrap(value.unscaledValue().toByteArray());
    }
}
