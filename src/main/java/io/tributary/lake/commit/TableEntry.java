package io.tributary.lake.commit;

import io.tributary.config.LakeOptions.EvolutionPolicy;
import io.tributary.debezium.TableId;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.schema.SchemaChangeException;
import io.tributary.lake.schema.SchemaEvolution;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
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
    /** Hudi and S3A repeat what fails, with pauses; all tables wait for it. A try that took so long is not made again at once. */
    private static final long LONG_TRY_NANOS = 1_000_000_000L;

    private static final int PAUSE_FACTOR = 10;

    private final TableId id;
    private final SchemaEvolution evolution;
    private LakeTable table;
    /** What writers are to write into now; null for none. */
    private String instant;
    /** The barrier that the instant's rows come after. */
    private long instantBarrier;
    /** Whether a writer has told of a file in the instant. */
    private boolean instantUsed;
    /** Instants that writers have been given and that are not committed. */
    private final Set<String> given = new HashSet<>();

    /** Commits of any table that may have been made, though they failed. */
    private final Set<String> unsure;

    private String failure;
    /** When the next try may begin, by {@link System#nanoTime()}. */
    private long pausedUntil;

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
        if (isPaused()) {
            return;
        }
        long start = System.nanoTime();
        try {
            if (hasUncommitted()) {
                throw new IOException("its last writes are not committed: " + failure);
            }
            if (table == null) {
                table = tables.open(id, SchemaEvolution.initial(rows), unfinished());
                forgetInstantThatIsGone();
            }
            if (table != null) {
                evolve(rows);
                if (instant == null || instantUsed && instantBarrier < barrier) {
                    instant = table.begin();
                    instantUsed = false;
                    given.add(instant);
                }
                instantBarrier = barrier;
            }
            failure = null;
        } catch (SchemaChangeException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failed(e, start);
        }
    }

    /** Somebody may have mended the table by putting another in its place. */
    private void forgetInstantThatIsGone() throws IOException {
        if (instant != null
                && !instantUsed
                && (table == null || table.state(instant) != LakeTable.InstantState.PENDING)) {
            given.remove(instant);
            instant = null;
        }
    }

    /** A writer has written into the instant: rows after the next barrier need another one. */
    void written(String into) {
        instantUsed |= into.equals(instant);
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
    Committed commit(LakeTables tables, List<PendingWrite> writes) throws LostInstantException {
        uncommitted.addAll(writes);
        Committed sum = Committed.NOTHING;
        if (isPaused()) {
            return sum;
        }
        long start = System.nanoTime();
        try {
            if (table == null) {
                table = tables.open(id, widest(), unfinished());
            }
            if (hasUncommitted()) {
                table.widen(widest()); // a table that was opened anew has what was committed
            }
            for (var entry : byInstant().entrySet()) {
                sum = sum.plus(commit(entry.getKey(), entry.getValue()));
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
            failed(e, start);
        }
        return sum.took((System.nanoTime() - start) / 1_000_000);
    }

    private Committed commit(String written, List<PendingWrite> writes) throws IOException {
        LakeTable.InstantState state =
                failure == null && given.contains(written) ? LakeTable.InstantState.PENDING : table.state(written);
        if (state == LakeTable.InstantState.GONE) {
            throw new LostInstantException(id, written);
        }
        String commit = id.fullName() + "/" + written;
        Committed sum = Committed.NOTHING;
        if (state == LakeTable.InstantState.PENDING || unsure.contains(commit)) {
            for (PendingWrite write : writes) {
                sum = sum.plus(write);
            }
        }
        if (state == LakeTable.InstantState.PENDING) {
            unsure.add(commit);
            table.commit(written, writes);
        }
        unsure.remove(commit);
        return sum;
    }

    /** @return the oldest instant that is inflight for this job; null for none */
    String oldestInflight() {
        return unfinished().stream().min(Comparator.naturalOrder()).orElse(null);
    }

    /** @return instants that have been written into, or may be */
    private Set<String> unfinished() {
        Set<String> instants = new HashSet<>(given);
        instants.addAll(byInstant().keySet());
        return instants;
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

    private boolean isPaused() {
        return failure != null && System.nanoTime() - pausedUntil < 0;
    }

    private void failed(Exception e, long start) {
        long now = System.nanoTime();
        pausedUntil = now - start < LONG_TRY_NANOS ? now : now + PAUSE_FACTOR * (now - start);
        failure = e.getMessage() == null ? e.toString() : e.getMessage();
        table = null; // opened anew next time: what is known of it may be wrong
        LOG.error("Table {} cannot be written for now; it is tried again, the other tables go on", id, e);
    }
}
