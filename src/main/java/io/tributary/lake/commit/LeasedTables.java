package io.tributary.lake.commit;

import io.tributary.debezium.TableId;
import io.tributary.lake.lease.LeaseKeeper;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Tables whose timelines are changed only while the lake's lease is held; otherwise the change fails, and is tried again. */
final class LeasedTables implements LakeTables {
    private final LakeTables tables;
    private final LeaseKeeper lease;

    LeasedTables(LakeTables tables, LeaseKeeper lease) {
        this.tables = tables;
        this.lease = lease;
    }

    @Override
    public LakeTable open(TableId table, TableSchema needed, Set<String> keep) throws IOException {
        lease.check();
        LakeTable opened = tables.open(table, needed, keep);
        return opened == null ? null : new Leased(opened);
    }

    private final class Leased implements LakeTable {
        private final LakeTable table;

        private Leased(LakeTable table) {
            this.table = table;
        }

        @Override
        public TableSchema schema() {
            return table.schema();
        }

        @Override
        public void widen(TableSchema needed) {
            table.widen(needed);
        }

        @Override
        public String begin() throws IOException {
            lease.check();
            return table.begin();
        }

        @Override
        public InstantState state(String instant) throws IOException {
            return table.state(instant);
        }

        @Override
        public void commit(String instant, List<PendingWrite> writes) throws IOException {
            lease.check();
            table.commit(instant, writes);
        }

        @Override
        public void maintain() throws IOException {
            lease.check();
            table.maintain();
        }
    }
}
