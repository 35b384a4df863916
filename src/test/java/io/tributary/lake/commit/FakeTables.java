package io.tributary.lake.commit;

import io.tributary.debezium.TableId;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Tables that are timelines in memory; they fail where they are told to. */
final class FakeTables implements LakeTables {
    /** By table, by instant: whether it is committed. Survives coordinators. */
    final Map<String, TreeMap<String, Boolean>> timelines = new ConcurrentHashMap<>();

    /** By table the writes of each commit, in the order of the commits. */
    final Map<String, List<List<PendingWrite>>> commits = new ConcurrentHashMap<>();

    final Map<String, String> openFailures = new ConcurrentHashMap<>();
    final Map<String, String> commitFailures = new ConcurrentHashMap<>();
    /** By table why a commit that was made is answered with an error. */
    final Map<String, String> lostAnswers = new ConcurrentHashMap<>();

    final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger clock = new AtomicInteger();

    TreeMap<String, Boolean> timeline(String table) {
        return timelines.computeIfAbsent(table, name -> new TreeMap<>());
    }

    List<List<PendingWrite>> commits(String table) {
        return commits.computeIfAbsent(table, name -> new ArrayList<>());
    }

    @Override
    public LakeTable open(TableId table, TableSchema needed, Set<String> keep) throws IOException {
        String name = table.fullName();
        if (openFailures.containsKey(name)) {
            throw new IOException(openFailures.get(name));
        }
        if (!timelines.containsKey(name) && needed == null) {
            return null;
        }
        opened.incrementAndGet();
        timeline(name).entrySet().removeIf(instant -> !instant.getValue() && !keep.contains(instant.getKey()));
        return new Table(name, needed);
    }

    private final class Table implements LakeTable {
        private final String name;
        private TableSchema schema;

        private Table(String name, TableSchema schema) {
            this.name = name;
            this.schema = schema;
        }

        @Override
        public TableSchema schema() {
            return schema;
        }

        @Override
        public void widen(TableSchema needed) {
            schema = schema == null ? needed : schema.widen(needed);
        }

        @Override
        public String begin() {
            String instant = String.format("%017d", clock.incrementAndGet());
            timeline(name).put(instant, false);
            return instant;
        }

        @Override
        public InstantState state(String instant) {
            Boolean committed = timeline(name).get(instant);
            return committed == null ? InstantState.GONE : committed ? InstantState.COMMITTED : InstantState.PENDING;
        }

        @Override
        public void commit(String instant, List<PendingWrite> writes) throws IOException {
            if (commitFailures.containsKey(name)) {
                throw new IOException(commitFailures.get(name));
            }
            if (timeline(name).put(instant, true) != Boolean.FALSE) {
                throw new AssertionError("instant " + instant + " of " + name + " was not inflight");
            }
            commits(name).add(List.copyOf(writes));
            if (lostAnswers.containsKey(name)) {
                throw new IOException(lostAnswers.get(name));
            }
        }

        @Override
        public void maintain() {
            // nothing to clean
        }
    }
}
