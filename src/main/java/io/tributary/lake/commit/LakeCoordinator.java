package io.tributary.lake.commit;

import io.tributary.config.LakeOptions.EvolutionPolicy;
import io.tributary.debezium.TableId;
import io.tributary.lake.lease.LeaseKeeper;
import io.tributary.lake.lease.LeaseListener;
import io.tributary.lake.protocol.CoordinatorReply;
import io.tributary.lake.protocol.CoordinatorReply.Grant;
import io.tributary.lake.protocol.CoordinatorReply.Status;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.protocol.WriterRequest;
import io.tributary.metrics.MetricNames;
import io.tributary.process.JobClasses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestHandler;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one coordinator of all tables: gives the writers instants, and commits them when their checkpoint is complete. All
 * its state belongs to one thread; work on several tables at once is done by a pool, and waited for. It keeps nothing in
 * checkpoints: whatever is not committed is in the writers' state.
 */
final class LakeCoordinator implements OperatorCoordinator, CoordinationRequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LakeCoordinator.class);
    /** Less than the RPC layer's time for an answer (10 s by default). */
    private static final long WAIT_SECONDS = 4;

    private static final long CLOSE_SECONDS = 60;

    private final Context context;
    private final LakeTables lake;
    private final Function<String, EvolutionPolicy> evolution;
    private final int writers;
    private final Threads threads;
    private final LeaseKeeper lease;
    private final LakeMetrics metrics;
    private final CommitListener listener;

    // Only the main thread uses what follows.
    private final Map<String, TableEntry> tables = new HashMap<>();
    private final Map<Integer, Integer> attempts = new HashMap<>();
    /** By subtask the newest attempt that is known to be over. */
    private final Map<Integer, Integer> dead = new HashMap<>();

    private final Map<Integer, List<PendingWrite>> booted = new HashMap<>();
    /** By checkpoint and subtask. */
    private final TreeMap<Long, Map<Integer, List<PendingWrite>>> flushed = new TreeMap<>();

    /** Outlives a reset, so that each commit is counted once. */
    private final Set<String> unsure = ConcurrentHashMap.newKeySet();

    private final Barriers barriers;
    private final List<Waiting> waiting = new ArrayList<>();
    /** Whether the lake is this job's to write to. */
    private boolean leased;

    private boolean open;
    private long committed = -1;

    /** A request whose answer has to wait. */
    private static final class Waiting {
        private final WriterRequest request;
        private final CompletableFuture<CoordinatorReply> answer;

        private Waiting(WriterRequest request, CompletableFuture<CoordinatorReply> answer) {
            this.request = request;
            this.answer = answer;
        }
    }

    /**
     * @param evolution by a table's full name
     * @param listener that hears of commits; closed with the coordinator
     */
    LakeCoordinator(
            Context context,
            LakeTables lake,
            Function<String, EvolutionPolicy> evolution,
            Threads threads,
            LeaseKeeper lease,
            CommitListener listener) {
        this.context = context;
        this.lake = new ObservedTables(new LeasedTables(lake, lease), listener);
        this.listener = listener;
        this.lease = lease;
        this.evolution = evolution;
        this.writers = context.currentParallelism();
        this.threads = threads;
        this.barriers = new Barriers(writers);
        this.metrics = new LakeMetrics(context.metricGroup(), System::currentTimeMillis);
        metrics.group().gauge(MetricNames.TABLES, tables::size);
        metrics.group().gauge(MetricNames.LEASE_AGE_MS, lease::ageMs);
    }

    /** Tries for the lake's lease; the writers' BOOT is answered when it is held. */
    @Override
    public void start() {
        lease.start(new LeaseListener() {
            @Override
            public void taken() {
                run("the lake's lease", () -> {
                    leased = true;
                    answerWaiting();
                });
            }

            @Override
            public void refused(IOException why) {
                run("the lake's lease", () -> {
                    context.failJob(why);
                    if (leased) {
                        leased = false;
                        reset(); // what is known of the tables may not be so any more
                    }
                });
            }
        });
    }

    @Override
    public void close() throws Exception {
        if (threads.close(CLOSE_SECONDS)) {
            Threads.runOnce("lake-end", () -> {
                lease.close();
                JobClasses.release();
            });
        }
        listener.close();
    }

    @Override
    public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
        throw new UnsupportedOperationException("writers send requests, not events: " + event);
    }

    @Override
    public void checkpointCoordinator(long checkpoint, CompletableFuture<byte[]> result) {
        result.complete(new byte[0]);
    }

    @Override
    public void resetToCheckpoint(long checkpoint, byte[] data) {
        run("reset to checkpoint " + checkpoint, this::reset);
    }

    @Override
    public void subtaskReset(int subtask, long checkpoint) {
        run("reset of subtask " + subtask, this::reset);
    }

    @Override
    public void executionAttemptFailed(int subtask, int attempt, Throwable reason) {
        // subtaskReset follows
    }

    @Override
    public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {
        // the writers speak first
    }

    @Override
    public CompletableFuture<CoordinationResponse> handleCoordinationRequest(CoordinationRequest request) {
        CompletableFuture<CoordinatorReply> answer = new CompletableFuture<>();
        answer.completeOnTimeout(reply(Status.WAIT, Collections.emptySet()), WAIT_SECONDS, TimeUnit.SECONDS);
        run(request.toString(), () -> handle(new Waiting((WriterRequest) request, answer)));
        return answer.thenApply(reply -> {
            try {
                return reply.toResponse();
            } catch (IOException e) {
                throw new IllegalStateException("an answer to a writer cannot be written", e);
            }
        });
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        run("commit of checkpoint " + checkpoint, () -> commit(checkpoint));
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) {
        run("abort of checkpoint " + checkpoint, () -> {
            barriers.aborted(checkpoint); // what was flushed for it is committed with the next one
            answerWaiting();
        });
    }

    private void run(String what, Task task) {
        threads.main().execute(() -> {
            try {
                task.run();
            } catch (Throwable e) {
                LOG.error("The lake's coordinator failed on {}", what, e);
                context.failJob(e);
            }
        });
    }

    /** Something that the main thread does. */
    private interface Task {
        void run() throws Exception;
    }

    private void reset() {
        open = false;
        attempts.forEach((subtask, attempt) -> dead.merge(subtask, attempt, Math::max));
        attempts.clear();
        barriers.clear();
        booted.clear();
        flushed.clear();
        tables.clear();
        List<Waiting> stale = new ArrayList<>(waiting);
        waiting.clear();
        stale.forEach(request -> request.answer.complete(reply(Status.STALE, Collections.emptySet())));
    }

    private void handle(Waiting waiter) throws IOException {
        WriterRequest request = waiter.request;
        if (isStale(request)) {
            waiter.answer.complete(reply(Status.STALE, Collections.emptySet()));
            return;
        }
        switch (request.kind()) {
            case BOOT:
                if (!leased) {
                    waiting.add(waiter);
                    return;
                }
                boot(request);
                waiter.answer.complete(reply(Status.OK, Collections.emptySet()));
                break;
            case FLUSHED:
                flushed.computeIfAbsent(request.checkpoint(), key -> new HashMap<>())
                        .put(request.subtask(), request.writes());
                request.writes().forEach(this::written);
                barriers.passed(request.subtask(), request.checkpoint());
                waiter.answer.complete(reply(Status.OK, uncommitted()));
                answerWaiting();
                break;
            case BEGIN:
                long barrier = barriers.undecided(request.checkpoint());
                if (open && barriers.allPassed(barrier)) {
                    waiter.answer.complete(begin(request, barrier));
                } else {
                    waiting.add(waiter);
                }
                break;
            default:
                barriers.ended(request.subtask());
                if (request.checkpoint() <= committed) {
                    waiter.answer.complete(reply(Status.OK, uncommitted()));
                } else {
                    waiting.add(waiter);
                }
        }
    }

    private boolean isStale(WriterRequest request) {
        Integer newest = attempts.get(request.subtask());
        if (request.kind() == WriterRequest.Kind.BOOT) {
            return request.attempt() <= dead.getOrDefault(request.subtask(), -1)
                    || newest != null && newest > request.attempt();
        }
        return newest == null || newest != request.attempt();
    }

    private void boot(WriterRequest request) throws IOException {
        attempts.put(request.subtask(), request.attempt());
        if (open) {
            return;
        }
        booted.put(request.subtask(), request.writes());
        if (booted.size() == writers) {
            recover();
            open = true;
            answerWaiting();
        }
    }

    /** Finishes the commits that the restored checkpoint had promised. */
    private void recover() throws IOException {
        Map<String, List<PendingWrite>> byTable = new TreeMap<>();
        for (List<PendingWrite> writes : booted.values()) {
            for (PendingWrite write : writes) {
                byTable.computeIfAbsent(write.table().fullName(), key -> new ArrayList<>())
                        .add(write);
                committed = Math.max(committed, write.checkpoint());
            }
        }
        List<Callable<Void>> work = new ArrayList<>();
        Map<String, Committed> counts = Collections.synchronizedMap(new HashMap<>());
        byTable.forEach((name, writes) -> {
            TableEntry entry = entry(name, writes.get(0).table());
            work.add(() -> {
                counts.put(name, entry.commit(lake, writes));
                return null;
            });
        });
        inParallel(work);
        counts.forEach((name, recovered) -> {
            if (recovered.events() > 0) {
                metrics.committed(name, recovered);
            }
            metrics.inflight(name, tables.get(name).oldestInflight());
        });
        if (!byTable.isEmpty()) {
            LOG.info("Recovered the pending writes of {} tables, failed: {}", byTable.size(), uncommitted());
        }
    }

    private CoordinatorReply begin(WriterRequest request, long barrier) throws IOException {
        List<Callable<Void>> work = new ArrayList<>();
        request.needs().forEach((name, need) -> {
            TableEntry entry = entry(name, need.table());
            work.add(() -> {
                entry.prepare(lake, need.schemas(), barrier);
                return null;
            });
        });
        inParallel(work);
        Map<String, Grant> grants = new HashMap<>();
        Map<String, String> refusals = new HashMap<>();
        for (String name : request.needs().keySet()) {
            TableEntry entry = tables.get(name);
            if (entry.failure() == null) {
                grants.put(name, new Grant(entry.instant(), entry.schema()));
                metrics.writable(name);
            } else {
                refusals.put(name, entry.failure());
                metrics.failed(name);
            }
            metrics.inflight(name, entry.oldestInflight());
        }
        return new CoordinatorReply(Status.OK, committed, uncommitted(), grants, refusals);
    }

    private void written(PendingWrite write) {
        TableEntry entry = tables.get(write.table().fullName());
        if (entry != null) {
            entry.written(write.instant());
        }
    }

    private TableEntry entry(String name, TableId id) {
        return tables.computeIfAbsent(name, key -> new TableEntry(id, evolution.apply(name), unsure));
    }

    private void commit(long checkpoint) throws IOException {
        metrics.checkpointComplete();
        if (!open) {
            return; // reset meanwhile: the restored writers bring it again
        }
        long start = System.nanoTime();
        Map<String, List<PendingWrite>> byTable = new TreeMap<>();
        Collection<Map<Integer, List<PendingWrite>>> done =
                flushed.headMap(checkpoint, true).values();
        for (Map<Integer, List<PendingWrite>> subtasks : done) {
            for (List<PendingWrite> writes : subtasks.values()) {
                for (PendingWrite write : writes) {
                    byTable.computeIfAbsent(write.table().fullName(), key -> new ArrayList<>())
                            .add(write);
                }
            }
        }
        done.clear();
        barriers.committed(checkpoint);
        tables.forEach((name, entry) -> {
            if (entry.hasUncommitted()) {
                byTable.computeIfAbsent(name, key -> new ArrayList<>());
            }
        });
        List<Callable<Void>> work = new ArrayList<>();
        Map<String, Committed> counts = Collections.synchronizedMap(new HashMap<>());
        byTable.forEach((name, writes) -> work.add(() -> {
            counts.put(name, tables.get(name).commit(lake, writes));
            return null;
        }));
        inParallel(work);
        committed = checkpoint;
        answerWaiting();
        report(checkpoint, counts, (System.nanoTime() - start) / 1_000_000);
    }

    private void report(long checkpoint, Map<String, Committed> counts, long millis) {
        if (counts.isEmpty()) {
            return;
        }
        long events = 0;
        for (Map.Entry<String, Committed> table : counts.entrySet()) {
            TableEntry entry = tables.get(table.getKey());
            events += table.getValue().events();
            if (entry.failure() == null || table.getValue().events() > 0) {
                metrics.committed(table.getKey(), table.getValue());
                LOG.info("Checkpoint {}: {} has {}", checkpoint, table.getKey(), table.getValue());
            }
            metrics.inflight(table.getKey(), entry.oldestInflight());
            if (entry.failure() == null) {
                threads.maintenance().execute(() -> maintain(entry));
            } else {
                metrics.failed(table.getKey());
            }
        }
        metrics.commitTook(millis);
        LOG.info("Checkpoint {}: committed {} events of {} tables in {} ms", checkpoint, events, counts.size(), millis);
    }

    private static void maintain(TableEntry entry) {
        try {
            entry.maintain();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Table {}: cleaning or archiving failed; it is tried again after later commits", entry.id(), e);
        }
    }

    private void answerWaiting() throws IOException {
        List<Waiting> again = new ArrayList<>(waiting);
        waiting.clear();
        for (Waiting waiter : again) {
            if (!waiter.answer.isDone()) {
                handle(waiter);
            }
        }
    }

    private Set<String> uncommitted() {
        Set<String> names = new HashSet<>();
        tables.forEach((name, entry) -> {
            if (entry.hasUncommitted()) {
                names.add(name);
            }
        });
        return names;
    }

    private CoordinatorReply reply(Status status, Set<String> uncommitted) {
        return new CoordinatorReply(status, committed, uncommitted, Collections.emptyMap(), Collections.emptyMap());
    }

    private void inParallel(List<Callable<Void>> work) throws IOException {
        try {
            ExecutorService pool = threads.tables();
            for (Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while working on the lake's tables", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException
                    ? (IOException) e.getCause()
                    : new IOException("work on a lake table failed", e.getCause());
        }
    }
}
