package io.tributary.lake.commit;

import io.tributary.debezium.TableId;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tables whose commits are told to a listener, those too that a restart finishes. */
final class ObservedTables implements LakeTables {
    private final LakeTables tables;
    private final CommitListener listener;

    ObservedTables(LakeTables tables, CommitListener listener) {
        this.tables = tables;
        this.listener = listener;
    }

    @Override
    public LakeTable open(TableId table, TableSchema needed, Set<String> keep) throws IOException {
        LakeTable opened = tables.open(table, needed, keep);
        return opened == null ? null : new Observed(table.fullName(), opened);
    }

    private final class Observed implements LakeTable {
        private final String name;
        private final LakeTable table;

        private Observed(String name, LakeTable table) {
            this.name = name;
            this.table = table;
        }

        @Override
        public void commit(String instant, List<PendingWrite> writes) throws IOException {
            table.commit(instant, writes);
            Set<String> partitions = new HashSet<>();
            for (PendingWrite write : writes) {
                for (WrittenFile file : write.files()) {
                    partitions.add(file.partition());
                }
            }
            listener.committed(name, partitions);
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
            return table.begin();
        }

        @Override
        public InstantState state(String instant) throws IOException {
            return table.state(instant);
        }

        @Override
        public void maintain() throws IOException {
            table.maintain();
        }
    }
}
