package io.tributary.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.LakeOptions.EvolutionPolicy;
import io.tributary.debezium.TableId;
import io.tributary.lake.Changes;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.protocol.WriteCounts;
import io.tributary.lake.schema.TableSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every event of a commit is counted once, whatever is known of the commit. */
class TableEntryTest {
    private static final TableId ITEM = new TableId("shop", "shopdb", "public", "item");
    private static final TableSchema SCHEMA = TableSchema.of(Changes.schema("id \"int\""));

    private final FakeTables tables = new FakeTables();
    private final Set<String> unsure = new HashSet<>();

    @Test
    void aCommitWhoseAnswerIsLostIsCountedWhenItIsFoundMade() throws Exception {
        TableEntry entry = entry();
        List<PendingWrite> writes = List.of(writeOf(entry));
        tables.lostAnswers.put(ITEM.fullName(), "timeout");
        assertThat(entry.commit(tables, writes).events()).isZero();
        assertThat(entry.failure()).isEqualTo("timeout");
        assertThat(entry.commit(tables, List.of()).events()).isEqualTo(1);
        assertThat(entry.failure()).isNull();
        assertThat(entry.commit(tables, writes).events()).isZero();
        assertThat(tables.commits(ITEM.fullName())).hasSize(1);
    }

    @Test
    void soItIsAfterAReset() throws Exception {
        TableEntry entry = entry();
        List<PendingWrite> writes = List.of(writeOf(entry));
        tables.lostAnswers.put(ITEM.fullName(), "timeout");
        entry.commit(tables, writes);
        assertThat(entry().commit(tables, writes).events()).isEqualTo(1);
        assertThat(entry().commit(tables, writes).events()).isZero();
    }

    @Test
    void whatWasCommittedAndCountedBeforeAResetIsNotCountedAgain() throws Exception {
        TableEntry entry = entry();
        List<PendingWrite> writes = List.of(writeOf(entry));
        assertThat(entry.commit(tables, writes).events()).isEqualTo(1);
        assertThat(entry().commit(tables, writes).events()).isZero();
        assertThat(unsure).isEmpty();
    }

    private TableEntry entry() {
        return new TableEntry(ITEM, EvolutionPolicy.LENIENT, unsure);
    }

    private PendingWrite writeOf(TableEntry entry) throws Exception {
        entry.prepare(tables, List.of(SCHEMA), -1);
        return new PendingWrite(1, ITEM, entry.instant(), SCHEMA, WriteCounts.NONE.plusEvent(1), List.of());
    }
}
