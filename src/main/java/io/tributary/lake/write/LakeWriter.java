package io.tributary.lake.write;

import io.tributary.config.LakeOptions.UnwritablePolicy;
import io.tributary.deadletter.DeadLetter;
import io.tributary.debezium.TableId;
import io.tributary.lake.protocol.CoordinatorReply;
import io.tributary.lake.protocol.CoordinatorReply.Grant;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.protocol.WriteCounts;
import io.tributary.lake.protocol.WriterRequest;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.metrics.MetricNames;
import io.tributary.process.JobClasses;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.CancelTaskException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The one writer of all tables. Keeps rows until the barrier (or until its memory is full), then writes them into the
 * epoch's instants and reports what it wrote; the coordinator commits that when the checkpoint is complete. The package's
 * documentation has the protocol. What comes out are dead letters: rows of tables that cannot be written, where the
 * configuration does not hold them.
 */
final class LakeWriter extends AbstractStreamOperator<DeadLetter>
        implements OneInputStreamOperator<LakeMessage, DeadLetter> {
    private static final long serialVersionUID = 1L;

    /**
     * What the files that are written at the same time may take of memory together, about. It is small files that are
     * written side by side, since they only wait for their requests; several large ones at once would need more CPU time
     * than one after the other (snapshot on two cores, sixteen threads: 2.5 s for 100,000 rows with 4 MB, as with one
     * thread; 2.6 s with 16 MB, 3.1 s with 32 MB, 4.0 s with 120 MB), and more heap.
     */
    private static final long FILES_BYTES = 4 << 20;

    private final TableLayout layout;
    private final long memoryBytes;
    private final int fileThreads;
    private final long keyBytes;

    private transient ListState<byte[]> pendingState;
    private transient ListState<byte[]> heldState;
    private transient ListState<byte[]> truncateState;
    private transient CoordinatorClient coordinator;
    private transient int subtask;
    private transient int attempt;

    private transient Map<Long, RowSchemaRef> schemas;
    private transient Map<String, TableBuffer> buffers;
    private transient Truncates truncates;
    private transient Map<String, TableWriter> writers;
    private transient long bufferedBytes;
    /** Written since the last barrier, by table and instant. */
    private transient Map<String, PendingWrite> fresh;

    private transient List<PendingWrite> pending;
    private transient long lastBarrier;
    private transient boolean finished;
    private transient UnwritableTables unwritable;
    private transient AtomicInteger filesMade;
    private transient FileThreads threads;
    private transient FileThreads keyThreads;
    private transient KeyFilters filters;

    LakeWriter(TableLayout layout, long memoryBytes, int fileThreads, long keyBytes) {
        this.layout = layout;
        this.memoryBytes = memoryBytes;
        this.fileThreads = fileThreads;
        this.keyBytes = keyBytes;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        JobClasses.releaseOn(getRuntimeContext()::registerUserCodeClassLoaderReleaseHookIfAbsent);
        subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
        coordinator = new CoordinatorClient(
                getContainingTask().getEnvironment().getOperatorCoordinatorEventGateway(), getOperatorID());
        schemas = new HashMap<>();
        buffers = new LinkedHashMap<>();
        truncates = new Truncates();
        writers = new HashMap<>();
        fresh = new LinkedHashMap<>();
        pending = new ArrayList<>();
        lastBarrier = -1;
        filesMade = new AtomicInteger();
        threads = new FileThreads("lake-file-" + subtask, fileThreads, FILES_BYTES);
        keyThreads = new FileThreads("lake-keys-" + subtask, fileThreads, FILES_BYTES);
        filters = new KeyFilters(layout.hadoop().configuration(), keyBytes, keyThreads);
        pendingState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("pending-writes", BytePrimitiveArraySerializer.INSTANCE));
        heldState = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("held-rows", BytePrimitiveArraySerializer.INSTANCE));
        truncateState = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("truncates", BytePrimitiveArraySerializer.INSTANCE));
        for (byte[] bytes : truncateState.get()) {
            truncates.addAll(bytes);
        }
        for (byte[] bytes : pendingState.get()) {
            pending.add(PendingWrite.fromBytes(bytes));
        }
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        HeldRows held =
                new HeldRows(layout, route -> BucketPartitioner.channel(route, subtasks) == subtask, this::bufferOf);
        for (byte[] bytes : heldState.get()) {
            bufferedBytes += held.restore(bytes);
        }
        coordinator.call(WriterRequest.boot(subtask, attempt, pending));
        registerMetrics();
    }

    private void registerMetrics() {
        MetricGroup group = getMetricGroup().addGroup(MetricNames.SERVICE_GROUP).addGroup(MetricNames.GROUP);
        group.gauge(MetricNames.BUFFERED_BYTES, () -> bufferedBytes);
        group.gauge(MetricNames.KEY_READS, filters::reads);
        unwritable = new UnwritableTables(group);
    }

    private static long id(int router, int number) {
        return ((long) router << Integer.SIZE) | number;
    }

    @Override
    public void processElement(StreamRecord<LakeMessage> element) throws Exception {
        LakeMessage message = element.getValue();
        if (message instanceof LakeRow) {
            LakeRow row = (LakeRow) message;
            buffer(row, schemas.get(id(row.router(), row.schemaNumber())));
            if (bufferedBytes > memoryBytes) {
                flushLargest();
            }
        } else if (message instanceof LakeMessage.SchemaMessage) {
            LakeMessage.SchemaMessage schema = (LakeMessage.SchemaMessage) message;
            schemas.computeIfAbsent(
                    id(schema.router(), schema.number()), key -> new RowSchemaRef(schema.table(), schema.schema()));
        } else {
            truncate((LakeMessage.TruncateMessage) message);
        }
    }

    private void buffer(LakeRow row, RowSchemaRef schema) {
        bufferedBytes += bufferOf(schema.table()).add(row, schema);
    }

    private TableBuffer bufferOf(TableId table) {
        return buffers.computeIfAbsent(table.fullName(), key -> new TableBuffer(table));
    }

    private void truncate(LakeMessage.TruncateMessage truncate) {
        truncates.add(truncate);
        bufferOf(truncate.table()).truncate(truncate);
    }

    /** Makes room by writing the largest table early; a second file of the same bucket then replaces the first. */
    private void flushLargest() throws IOException {
        List<TableBuffer> bySize = new ArrayList<>(buffers.values());
        bySize.sort(Comparator.comparingLong(TableBuffer::bytes).reversed());
        for (TableBuffer buffer : bySize) {
            if (flush(Collections.singletonList(buffer))) {
                return;
            }
        }
        throw new IOException("the writer's memory (Lake.writer.memory, " + memoryBytes
                + " bytes) is full of rows of tables that cannot be written: " + unwritable.reasons()
                + ". Mend the cause, give the writer more memory, or set unwritable.table=dead-letter; the job resumes"
                + " where it was.");
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        super.prepareSnapshotPreBarrier(checkpoint);
        if (!buffers.isEmpty()) {
            flush(new ArrayList<>(buffers.values()));
        }
    }

    /** @return whether rows of any table have left the memory */
    private boolean flush(Collection<TableBuffer> tables) throws IOException {
        Map<String, WriterRequest.TableNeed> needs = new HashMap<>();
        for (TableBuffer buffer : tables) {
            needs.put(buffer.table().fullName(), new WriterRequest.TableNeed(buffer.table(), buffer.needed()));
        }
        CoordinatorReply reply = coordinator.call(WriterRequest.begin(subtask, attempt, lastBarrier, needs));
        Map<String, String> refusals = new HashMap<>(reply.refusals());
        try {
            write(tables, reply.grants(), refusals);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelTaskException(e);
        }
        boolean any = false;
        for (TableBuffer buffer : tables) {
            String name = buffer.table().fullName();
            String refusal = refusals.get(name);
            if (refusal == null && !reply.grants().containsKey(name)) {
                throw new IllegalStateException("the coordinator has not answered for table " + name);
            }
            if (refusal == null) {
                buffers.remove(name);
                bufferedBytes -= buffer.bytes();
                unwritable.written(name);
                any = true;
            } else {
                unwritable.refused(name, refusal);
                any |= sendAway(buffer);
            }
        }
        return any;
    }

    /**
     * Writes the files of all tables beside each other.
     *
     * @param refusals gets why a table's rows could not be written: they are where they were
     */
    private void write(Collection<TableBuffer> tables, Map<String, Grant> grants, Map<String, String> refusals)
            throws InterruptedException {
        Map<String, Future<TableWriter>> opening = new HashMap<>();
        Map<String, TableBuffer> granted = new LinkedHashMap<>();
        for (TableBuffer buffer : tables) {
            String name = buffer.table().fullName();
            Grant grant = grants.get(name);
            if (grant != null && grant.schema() != null) {
                granted.put(name, buffer);
                if (!writers.containsKey(name)) {
                    opening.put(
                            name,
                            threads.submit(
                                    0,
                                    () -> new TableWriter(
                                            layout, buffer.table(), subtask, attempt, filesMade, filters)));
                }
            }
        }
        Map<String, TableWriter.Writing> writing = new HashMap<>();
        for (Map.Entry<String, TableBuffer> table : granted.entrySet()) {
            String name = table.getKey();
            try {
                if (opening.containsKey(name)) {
                    writers.put(
                            name,
                            FileThreads.results(List.of(opening.get(name))).get(0));
                }
                writing.put(
                        name,
                        writers.get(name)
                                .write(
                                        threads,
                                        grants.get(name),
                                        table.getValue().buckets(),
                                        truncates.of(name)));
            } catch (IOException | RuntimeException e) {
                refusals.put(name, failed(name, e));
            }
        }
        for (Map.Entry<String, TableWriter.Writing> table : writing.entrySet()) {
            String name = table.getKey();
            try {
                remember(granted.get(name), grants.get(name), table.getValue().done());
            } catch (IOException | RuntimeException e) {
                refusals.put(name, failed(name, e));
            }
        }
    }

    private String failed(String table, Exception e) {
        if (!hasPending(table)) {
            writers.remove(table); // which files there are is read again: somebody may mend the table
        }
        return UnwritableTables.failed(table, e);
    }

    /** @return whether the table has files that no commit is known to hold: what is stored does not tell of them */
    private boolean hasPending(String table) {
        return fresh.containsKey(table)
                || pending.stream().anyMatch(write -> write.table().fullName().equals(table));
    }

    /** Makes dead letters of the rows, if that is the table's policy; truncates stay. */
    private boolean sendAway(TableBuffer buffer) {
        String name = buffer.table().fullName();
        if (finished
                || layout.unwritable(name) != UnwritablePolicy.DEAD_LETTER
                || buffer.records().isEmpty()) {
            return false;
        }
        for (RawRecord record : buffer.records()) {
            output.collect(new StreamRecord<>(unwritable.deadLetter(name, record)));
        }
        TableBuffer rest = buffer.withoutRecorded();
        bufferedBytes += rest.bytes() - buffer.bytes();
        if (rest.isEmpty()) {
            buffers.remove(name);
        } else {
            buffers.put(name, rest);
        }
        return true;
    }

    private void remember(TableBuffer buffer, Grant grant, List<WrittenFile> files) {
        PendingWrite earlier = fresh.get(buffer.table().fullName());
        WriteCounts counts =
                earlier == null ? buffer.counts() : earlier.counts().plus(buffer.counts());
        Map<String, WrittenFile> byGroup = new LinkedHashMap<>();
        if (earlier != null) {
            earlier.files().forEach(file -> byGroup.put(file.partition() + "/" + file.fileId(), file));
        }
        files.forEach(file -> byGroup.put(file.partition() + "/" + file.fileId(), file));
        fresh.put(
                buffer.table().fullName(),
                new PendingWrite(
                        -1,
                        buffer.table(),
                        grant.instant(),
                        grant.schema(),
                        counts,
                        new ArrayList<>(byGroup.values())));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (finished && !buffers.isEmpty()) {
            throw new IOException("the input has ended, but rows of " + buffers.keySet() + " could not be written: "
                    + unwritable.reasons());
        }
        long checkpoint = context.getCheckpointId();
        List<PendingWrite> flushed = new ArrayList<>();
        for (PendingWrite write : fresh.values()) {
            flushed.add(new PendingWrite(
                    checkpoint, write.table(), write.instant(), write.schema(), write.counts(), write.files()));
        }
        CoordinatorReply reply = coordinator.call(WriterRequest.flushed(subtask, attempt, checkpoint, flushed));
        fresh.clear();
        pending.removeIf(write -> write.checkpoint() <= reply.committed()
                && !reply.uncommitted().contains(write.table().fullName()));
        pending.addAll(flushed);
        lastBarrier = checkpoint;
        List<byte[]> pendingBytes = new ArrayList<>();
        for (PendingWrite write : pending) {
            pendingBytes.add(write.toBytes());
        }
        pendingState.update(pendingBytes);
        truncateState.update(
                truncates.isEmpty() ? Collections.emptyList() : Collections.singletonList(truncates.toBytes()));
        heldState.update(
                buffers.isEmpty()
                        ? Collections.emptyList()
                        : Collections.singletonList(HeldRows.toBytes(buffers.values())));
    }

    /** The last checkpoint of a bounded or drained job comes after this; its commit is waited for below. */
    @Override
    public void finish() throws Exception {
        super.finish();
        if (!buffers.isEmpty()) {
            flush(new ArrayList<>(buffers.values())); // the sinks take no dead letter after this
        }
        finished = true;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        super.notifyCheckpointComplete(checkpoint);
        if (finished) {
            CoordinatorReply reply = coordinator.call(WriterRequest.awaitCommit(subtask, attempt, checkpoint));
            if (!reply.uncommitted().isEmpty()) {
                throw new IOException("the input has ended, but the writes of " + reply.uncommitted()
                        + " could not be committed; the coordinator's log says why");
            }
        }
    }

    @Override
    public void close() throws Exception {
        if (threads != null) {
            threads.close();
        }
        if (keyThreads != null) {
            keyThreads.close();
        }
        super.close();
    }
}
