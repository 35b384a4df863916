package io.tributary.lake.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.Changes;
import io.tributary.local.query.LakeQuery;
import io.tributary.local.query.QueryResult;
import io.tributary.local.query.ReadOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One table whose files were written with different schemas, read as one: bucket 0 is older than the widening. */
class EvolvedFilesTest {
    private static final Changes OLDER = Changes.of(
            "item",
            "id \"int\"",
            "i [\"null\",\"int\"]",
            "f [\"null\",\"float\"]",
            "d " + decimal(5, 2),
            "a [\"null\",{\"type\":\"array\",\"items\":\"int\"}]",
            "gone " + Changes.NULLABLE_TEXT,
            "c [\"null\",\"int\"]");
    private static final Changes NEWER = Changes.of(
            "item",
            "id \"int\"",
            "i [\"null\",\"long\"]",
            "f [\"null\",\"double\"]",
            "d " + decimal(12, 4),
            "a [\"null\",{\"type\":\"array\",\"items\":\"long\"}]",
            "c " + Changes.NULLABLE_TEXT,
            "added [\"null\",{\"type\":\"int\",\"connect.name\":\"io.debezium.time.Date\"}]");

    @TempDir
    Path directory;

    @Test
    void filesFromBeforeAndAfterAreReadAsOneTable() throws IOException {
        SmallLake lake =
                new SmallLake(directory, OLDER.table(), Map.of("buckets", "2", "schema.evolution", "evolve"), Map.of());
        int old = keyIn(lake, 0);
        int changed = keyIn(lake, 1);
        lake.commit(
                OLDER.upsert(1, old, 41, 0.5f, bytes("1.25"), List.of(1, 2), "gone", 7),
                OLDER.upsert(1, changed, 42, 0.25f, bytes("2.25"), List.of(3), "gone too", 8));
        lake.commit(NEWER.upsert(2, changed, 1L << 40, 0.1, bytes("12345678.1234"), List.of(1L << 40), "text", -1));
        assertThat(lake.row(Integer.toString(old)).get("i"))
                .as("the stored file of the other bucket is the old one")
                .isInstanceOf(Integer.class);

        QueryResult read = new LakeQuery(directory.toString())
                .sql("select i, f, d, a, gone, c, c__string, added from item order by i", ReadOptions.LIVE);
        List<List<Object>> expected = new ArrayList<>();
        expected.add(Arrays.asList(41L, 0.5, new BigDecimal("1.2500"), List.of(1L, 2L), "gone", 7, null, null));
        expected.add(Arrays.asList(
                1L << 40,
                0.1,
                new BigDecimal("12345678.1234"),
                List.of(1L << 40),
                null,
                null,
                "text",
                java.time.LocalDate.of(1969, 12, 31)));
        assertThat(read.rows()).isEqualTo(expected);

        // the job's own reader: an event in the old schema for each of them
        lake.restart().commit(OLDER.upsert(3, old, 43, 0.125f, bytes("3.25"), List.of(9), "back", 9));
        assertThat(lake.row(Integer.toString(old))).containsEntry("i", 43L).containsEntry("c", 9);
        assertThat(lake.row(Integer.toString(changed))).containsEntry("c__string", "text");
    }

    private static int keyIn(SmallLake lake, int bucket) {
        int key = 1;
        while (lake.layout.bucket("shop.public.item", Integer.toString(key)) != bucket) {
            key++;
        }
        return key;
    }

    private static String decimal(int precision, int scale) {
        return "[\"null\",{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":" + precision + ",\"scale\":"
                + scale + "}]";
    }

    private static ByteBuffer bytes(String number) {
        return ByteBuffer.wrap(new BigDecimal(number).unscaledValue().toByteArray());
    }
}
