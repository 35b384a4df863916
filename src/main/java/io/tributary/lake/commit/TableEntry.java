package io.tributary.lake.commit;

import io.tributary.config.LakeOptions.EvolutionPolicy;
import io.tributary.debezium.TableId;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.protocol.WriteCounts;
import io.tributary.lake.schema.SchemaChangeException;
import io.tributary.lake.schema.SchemaEvolution;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One table in the coordinator: what its writers may write into now, and what is still to be committed. A failure stays
 * here: the table is refused to its writers, and tried again with the next checkpoint. Used by one thread at a time.
 */
final class TableEntry {
    private static final Logger LOG = LoggerFactory.getLogger(TableEntry.class);

    private final TableId id;
    private final SchemaEvolution evolution;
    private LakeTable table;
    /** What writers are to write into now; null for none. */
    private String instant;
    /** The barrier that the instant's rows come after. */
    private long instantBarrier;
    /** Instants that writers have been given and that are not committed. */
    private final Set<String> given = new HashSet<>();

    /** Commits of any table that may have been made, though they failed. */
    private final Set<String> unsure;

    private String failure;
    private final List<PendingWrite> uncommitted = new ArrayList<>();

    /** @param unsure commits that failed, of all tables: a store may carry a request out and answer with an error */
    TableEntry(TableId id, EvolutionPolicy evolution, Set<String> unsure) {
        this.id = id;
        this.unsure = unsure;
        this.evolution = new SchemaEvolution(id, evolution);
    }

    TableId id() {
        return id;
    }

    /** @return why the table cannot be written for now; null where it can */
    String failure() {
        return failure;
    }

    boolean hasUncommitted() {
        return !uncommitted.isEmpty();
    }

    /** @return the instant that writers are to write into now; null where the table does not exist */
    String instant() {
        return instant;
    }

    TableSchema schema() {
        return table == null ? null : table.schema();
    }

    /**
     * Readies the table for writing: opens it, lets its schema follow the rows', gives it an instant. Sets
     * {@link #failure} otherwise.
     *
     * @param rows the schemas of the rows; none to open the table only if it exists
     * @param barrier the newest undecided one that the rows come after; all writers have passed it. What was written
     *     before it may be committed without these rows, so they get another, later instant
     * @throws SchemaChangeException where the table's policy stops the job
     */
    void prepare(LakeTables tables, List<TableSchema> rows, long barrier) throws SchemaChangeException {
        try {
            if (hasUncommitted()) {
                throw new IOException("its last writes are not committed: " + failure);
            }
            if (table == null) {
                table = tables.open(id, SchemaEvolution.initial(rows), Set.of());
            }
            if (table != null) {
                evolve(rows);
                if (instant == null || instantBarrier < barrier) {
                    instant = table.begin();
                    instantBarrier = barrier;
                    given.add(instant);
                }
            }
            failure = null;
        } catch (SchemaChangeException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void evolve(List<TableSchema> rows) throws IOException {
        TableSchema before = table.schema();
        TableSchema evolved = evolution.evolve(before, rows);
        if (!evolved.equals(before)) {
            table.widen(evolved);
            LOG.info("Table {}: its columns follow those of its rows, from {} to {}", id, before, evolved);
        }
    }

    /**
     * Commits what has been written, now and before, unless that has been done; the oldest instant first, since later
     * files hold the rows of earlier ones.
     *
     * @return what was committed, that included which had been and was not known to be
     * @throws LostInstantException where the writes' instant was rolled back
     */
    WriteCounts commit(LakeTables tables, List<PendingWrite> writes) throws LostInstantException {
        uncommitted.addAll(writes);
        WriteCounts counts = WriteCounts.NONE;
        try {
            if (table == null) {
                table = tables.open(id, widest(), byInstant().keySet());
                if (table != null) {
                    table.widen(widest());
                }
            }
            for (var entry : byInstant().entrySet()) {
                counts = counts.plus(commit(entry.getKey(), entry.getValue()));
                uncommitted.removeAll(entry.getValue());
                given.remove(entry.getKey());
                if (entry.getKey().equals(instant)) {
                    instant = null;
                }
            }
            failure = null;
        } catch (LostInstantException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
        return counts;
    }

    private WriteCounts commit(String written, List<PendingWrite> writes) throws IOException {
        LakeTable.InstantState state =
                failure == null && given.contains(written) ? LakeTable.InstantState.PENDING : table.state(written);
        if (state == LakeTable.InstantState.GONE) {
            throw new LostInstantException(id, written);
        }
        String commit = id.fullName() + "/" + written;
        WriteCounts counts = WriteCounts.NONE;
        if (state == LakeTable.InstantState.PENDING || unsure.contains(commit)) {
            for (PendingWrite write : writes) {
                counts = counts.plus(write.counts());
            }
        }
        if (state == LakeTable.InstantState.PENDING) {
            unsure.add(commit);
            table.commit(written, writes);
        }
        unsure.remove(commit);
        return counts;
    }

    private TableSchema widest() {
        TableSchema schema = null;
        for (PendingWrite write : uncommitted) {
            schema = schema == null ? write.schema() : schema.widen(write.schema());
        }
        return schema;
    }

    private TreeMap<String, List<PendingWrite>> byInstant() {
        TreeMap<String, List<PendingWrite>> instants = new TreeMap<>();
        for (PendingWrite write : uncommitted) {
            instants.computeIfAbsent(write.instant(), key -> new ArrayList<>()).add(write);
        }
        return instants;
    }

    void maintain() throws IOException {
        if (table != null) {
            table.maintain();
        }
    }

    private void failed(Exception e) {
        failure = e.getMessage() == null ? e.toString() : e.getMessage();
        LOG.error("Table {} cannot be written for now; its rows are held, the other tables go on", id, e);
    }
}
