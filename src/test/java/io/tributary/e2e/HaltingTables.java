package io.tributary.e2e;

import io.tributary.debezium.TableId;
import io.tributary.lake.commit.HudiTables;
import io.tributary.lake.commit.LakeTable;
import io.tributary.lake.commit.LakeTables;
import io.tributary.lake.commit.LakeTablesProvider;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.write.TableLayout;
import java.io.IOException;
import java.util.List;

/** Hudi's tables, in which one step ends the whole JVM at once, as a crash does. */
final class HaltingTables implements LakeTablesProvider {
    static final int EXIT_CODE = 99;

    private static final long serialVersionUID = 1L;
    private static final Object ONE_AT_A_TIME = new Object();
    private static int passed;

    /** The step that is not taken any more. */
    enum Step {
        /** An instant is put on the timeline, for rows that are in no checkpoint yet. */
        BEGIN,
        /** An instant is committed, after the checkpoint. */
        COMMIT
    }

    private final Step step;
    private final int after;
    private final String table;
    private final String column;

    /**
     * @param after how many such steps are still taken
     * @param table the steps of this table alone count; null for those of all
     * @param column a step counts only where the table has this column; null for always
     */
    HaltingTables(Step step, int after, String table, String column) {
        this.step = step;
        this.after = after;
        this.table = table;
        this.column = column;
    }

    /** @param text step, after, table and column, separated by colons; the last two may be missing */
    static HaltingTables parse(String text) {
        String[] parts = text.split(":");
        return new HaltingTables(
                Step.valueOf(parts[0]),
                Integer.parseInt(parts[1]),
                parts.length > 2 ? parts[2] : null,
                parts.length > 3 ? parts[3] : null);
    }

    @Override
    public LakeTables open(TableLayout layout) {
        LakeTables tables = HudiTables.of(layout);
        return (id, needed, keep) -> wrap(id, tables.open(id, needed, keep));
    }

    private LakeTable wrap(TableId id, LakeTable opened) {
        return opened == null || table != null && !table.equals(id.fullName()) ? opened : new Halting(opened);
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private final class Halting implements LakeTable {
        private final LakeTable inner;

        private Halting(LakeTable inner) {
            this.inner = inner;
        }

        private <T> T take(Step taken, Work<T> work) throws IOException {
            if (taken != step || column != null && inner.schema().indexOf(column) < 0) {
                return work.run();
            }
            synchronized (ONE_AT_A_TIME) {
                if (passed == after) {
                    Runtime.getRuntime().halt(EXIT_CODE);
                }
                T result = work.run();
                passed++;
                return result;
            }
        }

        @Override
        public TableSchema schema() {
            return inner.schema();
        }

        @Override
        public void widen(TableSchema needed) {
            inner.widen(needed);
        }

        @Override
        public String begin() throws IOException {
            return take(Step.BEGIN, inner::begin);
        }

        @Override
        public InstantState state(String instant) throws IOException {
            return inner.state(instant);
        }

        @Override
        public void commit(String instant, List<PendingWrite> writes) throws IOException {
            take(Step.COMMIT, () -> {
                inner.commit(instant, writes);
                return null;
            });
        }

        @Override
        public void maintain() throws IOException {
            inner.maintain();
        }
    }
}
