package io.tributary.lake.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.debezium.ChangeEvent;
import io.tributary.lake.Changes;
import io.tributary.row.RowSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldRowsTest {
    private final Changes older = Changes.of("item");
    private final Changes newer = Changes.of(
            "item", "id \"int\"", "name " + Changes.NULLABLE_TEXT, "notes " + Changes.NULLABLE_TEXT, "size \"int\"");

    @Test
    void rowsAndTruncatesComeBackWithTheirSchemas() throws IOException {
        TableBuffer buffer = new TableBuffer(older.table());
        buffer.add(row(older.upsert(1, 7, "a", "x")), ref(older));
        buffer.add(row(older.deleteWithKeyOnly(2, 7)), ref(older));
        buffer.truncate(new LakeMessage.TruncateMessage(3, older.table(), 2, Changes.position(5), 99));

        TableBuffer restored = restore(HeldRows.toBytes(List.of(buffer)));

        assertThat(restored.table()).isEqualTo(older.table());
        KeyRows rows = restored.buckets().get(0).rows().get("7");
        assertThat(rows.newest().row().position()).isEqualTo(Changes.position(2));
        assertThat(rows.others()).hasSize(1);
        assertThat(rows.others().iterator().next().row().bytes())
                .isEqualTo(older.upsert(1, 7, "a", "x").bytes());
        LakeMessage.TruncateMessage truncate = restored.buckets().get(2).truncate();
        assertThat(truncate.position()).isEqualTo(Changes.position(5));
        assertThat(truncate.sourceTsMs()).isEqualTo(99);
        assertThat(truncate.route()).isEqualTo(3);
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

        TableBuffer restored = restore(HeldRows.toBytes(List.of(buffer)));

        restored.buckets().get(0).rows().forEach((key, rows) -> {
            RowSchema expected = Integer.parseInt(key) % 2 == 0 ? older.schema() : newer.schema();
            assertThat(rows.newest().schema().rows()).as("key %s", key).isEqualTo(expected);
        });
    }

    @Test
    void rowsOfAnUnknownVersionAreRefused() throws IOException {
        byte[] bytes = HeldRows.toBytes(List.of(new TableBuffer(older.table())));
        bytes[0] = 77;
        assertThatThrownBy(() -> HeldRows.fromBytes(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 77");
    }

    private static RowSchemaRef ref(Changes changes) {
        return new RowSchemaRef(changes.table(), changes.schema());
    }

    private static LakeRow row(ChangeEvent event) {
        return LakeRow.of(event, 0, 0, 0, 0, false);
    }

    /** As the writer does it. */
    private static TableBuffer restore(byte[] bytes) throws IOException {
        Map<Integer, RowSchemaRef> schemas = new HashMap<>();
        List<TableBuffer> buffers = new ArrayList<>();
        for (LakeMessage message : HeldRows.fromBytes(bytes)) {
            if (message instanceof LakeMessage.SchemaMessage schema) {
                schemas.put(schema.number(), new RowSchemaRef(schema.table(), schema.schema()));
                if (buffers.isEmpty()) {
                    buffers.add(new TableBuffer(schema.table()));
                }
            } else if (message instanceof LakeRow row) {
                buffers.get(0).add(row, schemas.get(row.schemaNumber()));
            } else {
                buffers.get(0).truncate((LakeMessage.TruncateMessage) message);
            }
        }
        return buffers.get(0);
    }
}
