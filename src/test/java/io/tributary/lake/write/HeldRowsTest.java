package io.tributary.lake.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.TributaryConfig;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.TableId;
import io.tributary.lake.Changes;
import io.tributary.row.RowSchema;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldRowsTest {
    private static final String TABLE = Changes.of("item").table().fullName();

    private final Changes older = Changes.of("item");
    private final Changes newer = Changes.of(
            "item", "id \"int\"", "name " + Changes.NULLABLE_TEXT, "notes " + Changes.NULLABLE_TEXT, "size \"int\"");

    @Test
    void rowsAndTruncatesComeBackWithTheirSchemas() throws IOException {
        TableBuffer buffer = new TableBuffer(older.table());
        buffer.add(row(older.upsert(1, 7, "a", "x")), ref(older));
        buffer.add(row(older.deleteWithKeyOnly(2, 7)), ref(older));
        buffer.truncate(new LakeMessage.TruncateMessage(3, older.table(), 2, Changes.position(5), 99));

        TableBuffer restored = restored(HeldRows.toBytes(List.of(buffer)), 4);

        assertThat(restored.table()).isEqualTo(older.table());
        KeyRows rows =
                restored.buckets().get(layout(4).bucket(TABLE, "7")).rows().get("7");
        assertThat(rows.newest().row().position()).isEqualTo(Changes.position(2));
        assertThat(rows.others()).hasSize(1);
        assertThat(rows.others().iterator().next().row().bytes())
                .isEqualTo(older.upsert(1, 7, "a", "x").bytes());
        LakeMessage.TruncateMessage truncate = restored.buckets().get(2).truncate();
        assertThat(truncate.position()).isEqualTo(Changes.position(5));
        assertThat(truncate.sourceTsMs()).isEqualTo(99);
        assertThat(truncate.route()).isEqualTo(BucketPartitioner.route(TABLE, 2));
    }

    /** Rows that were restored once carry the numbers of an attempt that is over. */
    @Test
    void schemasOfDifferentAttemptsUnderOneNumberAreNotMixedUp() throws IOException {
        TableBuffer buffer = new TableBuffer(older.table());
        RowSchemaRef before = ref(older);
        RowSchemaRef after = ref(newer);
        for (int key = 0; key < 20; key++) {
            if (key % 2 == 0) {
                buffer.add(row(older.upsert(1, key, "a", "x")), before);
            } else {
                buffer.add(row(newer.upsert(1, key, "a", "x", 9)), after);
            }
        }

        TableBuffer restored = restored(HeldRows.toBytes(List.of(buffer)), 1);

        restored.buckets().get(0).rows().forEach((key, rows) -> {
            RowSchema expected = Integer.parseInt(key) % 2 == 0 ? older.schema() : newer.schema();
            assertThat(rows.newest().schema().rows()).as("key %s", key).isEqualTo(expected);
        });
    }

    /** What is applied in the end is counted by event, and a row may be the newest of many. */
    @Test
    void eventsAreCountedWhoseRowsANewerOneHasReplaced() throws IOException {
        TableBuffer buffer = new TableBuffer(older.table());
        for (int position = 1; position <= 9; position++) {
            buffer.add(row(older.upsert(position, 7, "a", "x")), ref(older));
        }
        buffer.truncate(new LakeMessage.TruncateMessage(0, older.table(), 0, Changes.position(10), 99));
        buffer.truncate(new LakeMessage.TruncateMessage(0, older.table(), 0, Changes.position(11), 99));

        TableBuffer restored = restored(HeldRows.toBytes(List.of(buffer)), 1);

        assertThat(restored.counts().events()).isEqualTo(11);
        assertThat(restored.counts().oldestSourceTsMs())
                .isEqualTo(buffer.counts().oldestSourceTsMs());
        TableBuffer again = restored(HeldRows.toBytes(List.of(restored)), 1);
        assertThat(again.counts().events()).isEqualTo(11);
    }

    /** Between a stop and a start the table may have been given another number of buckets. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void rowsThatWereHeldForOtherBucketsAreInThoseOfTheirKeys(int buckets) throws IOException {
        TableLayout before = layout(3);
        TableBuffer buffer = new TableBuffer(older.table());
        for (int key = 0; key < 40; key++) {
            for (int position = 1; position <= 2; position++) {
                ChangeEvent event = older.upsert(position, key, "a", "x");
                buffer.add(LakeRow.of(event, 0, 0, 0, before.bucket(TABLE, event.key()), false), ref(older));
            }
        }
        for (int bucket = 0; bucket < 3; bucket++) {
            buffer.truncate(new LakeMessage.TruncateMessage(0, older.table(), bucket, Changes.position(5), 99));
        }
        byte[] bytes = HeldRows.toBytes(List.of(buffer));

        TableLayout after = layout(buckets);
        long events = 0;
        int rows = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            TableBuffer restored = restored(bytes, buckets, 2, subtask);
            events += restored.counts().events();
            for (var bucket : restored.buckets().entrySet()) {
                assertThat(BucketPartitioner.channel(BucketPartitioner.route(TABLE, bucket.getKey()), 2))
                        .isEqualTo(subtask);
                assertThat(bucket.getValue().truncate().position()).isEqualTo(Changes.position(5));
                for (KeyRows held : bucket.getValue().rows().values()) {
                    assertThat(held.newest().row().bucket())
                            .isEqualTo(after.bucket(TABLE, held.newest().row().key()))
                            .isEqualTo(bucket.getKey());
                    rows++;
                }
            }
        }
        assertThat(rows).isEqualTo(40);
        assertThat(events).isEqualTo(81);
    }

    @Test
    void rowsOfAnUnknownVersionAreRefused() throws IOException {
        byte[] bytes = HeldRows.toBytes(List.of(new TableBuffer(older.table())));
        bytes[0] = 77;
        assertThatThrownBy(() -> restored(bytes, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 77");
    }

    private static RowSchemaRef ref(Changes changes) {
        return new RowSchemaRef(changes.table(), changes.schema());
    }

    private static LakeRow row(ChangeEvent event) {
        return LakeRow.of(event, 0, 0, 0, 0, false);
    }

    private static TableBuffer restored(byte[] bytes, int buckets) throws IOException {
        return restored(bytes, buckets, 1, 0);
    }

    private static TableBuffer restored(byte[] bytes, int buckets, int subtasks, int subtask) throws IOException {
        Map<TableId, TableBuffer> buffers = new HashMap<>();
        HeldRows held = new HeldRows(
                layout(buckets),
                route -> BucketPartitioner.channel(route, subtasks) == subtask,
                table -> buffers.computeIfAbsent(table, TableBuffer::new));
        long grown = held.restore(bytes);
        TableBuffer buffer = buffers.values().stream()
                .findFirst()
                .orElseGet(() -> new TableBuffer(Changes.of("item").table()));
        assertThat(grown).isEqualTo(buffer.bytes());
        return buffer;
    }

    private static TableLayout layout(int buckets) {
        return new TableLayout(new TributaryConfig(Map.of(
                "Lake", Configuration.fromMap(Map.of("path", "file:///lake", "buckets", Integer.toString(buckets))))));
    }
}
