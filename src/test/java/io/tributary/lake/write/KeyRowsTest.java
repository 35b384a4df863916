package io.tributary.lake.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.debezium.ChangeEvent;
import io.tributary.lake.Changes;
import org.junit.jupiter.api.Test;

class KeyRowsTest {
    private final Changes changes = Changes.of("item");
    private final RowSchemaRef schema = new RowSchemaRef(changes.table(), changes.schema());
    private final KeyRows rows = new KeyRows();
    private int bytes;

    @Test
    void aNewerCompleteRowReplacesWhatWasThere() {
        add(changes.upsert(1, 7, "a", "x"));
        add(changes.upsert(3, 7, "c", "x"));
        add(changes.upsert(2, 7, "b", "x"));
        assertThat(rows.newest().row().position()).isEqualTo(Changes.position(3));
        assertThat(rows.others()).isEmpty();
        assertThat(bytes).isEqualTo(rows.newest().row().heapBytes());
    }

    @Test
    void anIncompleteRowKeepsTheNewestCompleteOneAndWhatIsNewerThanThat() {
        add(changes.upsert(1, 7, "a", "x"));
        add(changes.upsert(4, 7, "d", Changes.UNAVAILABLE));
        add(changes.upsert(3, 7, "c", Changes.UNAVAILABLE));
        add(changes.upsert(2, 7, "b", "y"));
        add(changes.deleteWithKeyOnly(5, 7));
        assertThat(rows.newest().row().position()).isEqualTo(Changes.position(5));
        assertThat(rows.others())
                .extracting(other -> other.row().position())
                .containsExactlyInAnyOrder(Changes.position(4), Changes.position(3), Changes.position(2));
    }

    @Test
    void aCompleteRowDropsAllThatIsOlder() {
        add(changes.upsert(1, 7, "a", Changes.UNAVAILABLE));
        add(changes.upsert(2, 7, "b", Changes.UNAVAILABLE));
        add(changes.upsert(3, 7, "c", "z"));
        assertThat(rows.others()).isEmpty();
        assertThat(bytes).isEqualTo(rows.newest().row().heapBytes());
    }

    @Test
    void aRepeatedIncompleteRowIsKeptOnce() {
        add(changes.upsert(1, 7, "a", "x"));
        int before = 0;
        for (int again = 0; again < 5; again++) {
            add(changes.deleteWithKeyOnly(2, 7));
            add(changes.upsert(3, 7, "c", Changes.UNAVAILABLE));
            before = again == 0 ? bytes : before;
        }
        assertThat(rows.others()).hasSize(2);
        assertThat(bytes).isEqualTo(before);
    }

    private void add(ChangeEvent event) {
        bytes += rows.add(new KeyRows.Buffered(LakeRow.of(event, 0, 0, 0, 0, false), schema));
    }
}
