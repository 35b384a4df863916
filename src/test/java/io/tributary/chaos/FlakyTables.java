package io.tributary.chaos;

import io.tributary.lake.commit.HudiTables;
import io.tributary.lake.commit.LakeTable;
import io.tributary.lake.commit.LakeTables;
import io.tributary.lake.commit.LakeTablesProvider;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.write.TableLayout;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** Hudi's tables, whose commits fail now and then while that is switched on: before they are made, or after. */
final class FlakyTables implements LakeTablesProvider {
    private static final long serialVersionUID = 1L;
    private static final Random RANDOM = new Random(11);
    private static volatile boolean flaky;
    private static volatile int failed;

    static void setFlaky(boolean now) {
        flaky = now;
    }

    /** @return how many steps have failed so far */
    static int failed() {
        return failed;
    }

    @Override
    public LakeTables open(TableLayout layout) {
        LakeTables tables = HudiTables.of(layout);
        return (id, needed, keep) -> {
            LakeTable opened = tables.open(id, needed, keep);
            return opened == null ? null : new Flaky(opened);
        };
    }

    private static void fail(int oneIn, String what) throws IOException {
        if (flaky && RANDOM.nextInt(oneIn) == 0) {
            failed++;
            throw new IOException("a fault was injected " + what);
        }
    }

    private record Flaky(LakeTable inner) implements LakeTable {
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
            fail(6, "before an instant was begun");
            return inner.begin();
        }

        @Override
        public InstantState state(String instant) throws IOException {
            return inner.state(instant);
        }

        @Override
        public void commit(String instant, List<PendingWrite> writes) throws IOException {
            fail(4, "before a commit");
            inner.commit(instant, writes);
            fail(4, "after a commit");
        }

        @Override
        public void maintain() throws IOException {
            inner.maintain();
        }
    }
}
