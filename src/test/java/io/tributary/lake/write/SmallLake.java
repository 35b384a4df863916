package io.tributary.lake.write;

import io.tributary.config.TributaryConfig;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.Op;
import io.tributary.debezium.TableId;
import io.tributary.lake.StoredTable;
import io.tributary.lake.commit.HudiTables;
import io.tributary.lake.commit.LakeTable;
import io.tributary.lake.commit.LakeTables;
import io.tributary.lake.protocol.CoordinatorReply.Grant;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.lake.schema.SchemaEvolution;
import io.tributary.lake.schema.TableSchema;
import io.tributary.row.RowSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;

/** One table of a lake in a directory, with a writer and without Flink: what the operator and its coordinator do, in order. */
public final class SmallLake {
    public final TableLayout layout;
    private final TableId id;
    /** They end when they are idle. */
    private final FileThreads threads = new FileThreads("small-lake", 16, 16 << 20);

    private final FileThreads keyThreads = new FileThreads("small-lake-keys", 16, 16 << 20);

    private final Map<RowSchema, RowSchemaRef> schemas = new IdentityHashMap<>();
    private final Truncates truncates = new Truncates();
    private TableBuffer buffer;
    private TableWriter writer;
    private LakeTables tables;
    private LakeTable table;
    private String instant;
    private final List<PendingWrite> written = new ArrayList<>();
    private int attempts;
    private long keyMemory = 1 << 20;
    private KeyFilters filters;

    public SmallLake(Path directory, TableId id, Map<String, String> lakeOptions, Map<String, String> tableOptions) {
        Map<String, String> lake =
                new HashMap<>(Map.of("path", directory.toUri().toString(), "buckets", "1"));
        lake.putAll(lakeOptions);
        this.id = id;
        this.layout = new TableLayout(new TributaryConfig(Map.of(
                "Lake", Configuration.fromMap(lake), "Table." + id.fullName(), Configuration.fromMap(tableOptions))));
        this.buffer = new TableBuffer(id);
        this.tables = HudiTables.of(layout);
    }

    public SmallLake(Path directory, TableId id) {
        this(directory, id, Map.of(), Map.of());
    }

    /** Opens the table, when it is opened next, as one of these. */
    public SmallLake through(LakeTables others) {
        tables = others;
        return this;
    }

    /** Buffers the events, writes and commits them. */
    public SmallLake commit(ChangeEvent... events) throws IOException {
        return add(events).flush().commit();
    }

    public SmallLake add(ChangeEvent... events) {
        for (ChangeEvent event : events) {
            if (event.op() == Op.TRUNCATE) {
                for (int bucket = 0; bucket < layout.buckets(id.fullName()); bucket++) {
                    LakeMessage.TruncateMessage truncate =
                            new LakeMessage.TruncateMessage(0, id, bucket, event.position(), event.sourceTsMs());
                    truncates.add(truncate);
                    buffer.truncate(truncate);
                }
            } else {
                buffer.add(row(event), schemas.computeIfAbsent(event.schema(), rows -> new RowSchemaRef(id, rows)));
            }
        }
        return this;
    }

    private LakeRow row(ChangeEvent event) {
        return LakeRow.of(event, 0, 0, 0, layout.bucket(id.fullName(), event.key()), false);
    }

    /** Writes what is buffered into the open instant. */
    public SmallLake flush() throws IOException {
        SchemaEvolution evolution = new SchemaEvolution(id, layout.evolution(id.fullName()));
        if (table == null) {
            table = tables.open(id, SchemaEvolution.initial(buffer.needed()), Set.of());
        }
        if (table != null) {
            table.widen(evolution.evolve(table.schema(), buffer.needed()));
            if (instant == null) {
                instant = table.begin();
            }
            if (writer == null) {
                writer = new TableWriter(layout, id, 0, attempts++, new AtomicInteger(), filters());
            }
            List<WrittenFile> files = write();
            written.add(new PendingWrite(written.size(), id, instant, table.schema(), buffer.counts(), files));
        }
        buffer = new TableBuffer(id);
        return this;
    }

    private List<WrittenFile> write() throws IOException {
        try {
            return writer.write(
                            threads, new Grant(instant, table.schema()), buffer.buckets(), truncates.of(id.fullName()))
                    .done();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Cleans and archives as the coordinator does after each commit. */
    public SmallLake maintain() throws IOException {
        table.maintain();
        return this;
    }

    public SmallLake commit() throws IOException {
        table.commit(instant, written);
        written.clear();
        instant = null;
        return this;
    }

    /** The writer and the coordinator forget everything that is not stored. */
    public SmallLake restart() {
        writer = null;
        table = null;
        instant = null;
        written.clear();
        buffer = new TableBuffer(id);
        return this;
    }

    private KeyFilters filters() {
        filters = new KeyFilters(layout.hadoop().configuration(), keyMemory, keyThreads);
        return filters;
    }

    /** @return of how many files the keys were read, since the {@link #restart()} */
    long keyReads() {
        return filters.reads();
    }

    /** As {@code Lake.key.filter.memory}; counts from the next {@link #restart()} on. */
    SmallLake keyMemory(long bytes) {
        keyMemory = bytes;
        return this;
    }

    List<PendingWrite> written() {
        return written;
    }

    /** @return the columns that are committed */
    TableSchema schema() throws IOException {
        return HudiTables.of(layout).open(id, null, Set.of()).schema();
    }

    public StoredTable stored() {
        return new StoredTable(layout.path(id.fullName()));
    }

    /** @return the columns of the row of that key, or null; fails where there are two */
    public Map<String, Object> row(String key) throws IOException {
        List<StoredTable.Row> rows =
                stored().rows().stream().filter(row -> row.key().equals(key)).toList();
        if (rows.size() > 1) {
            throw new AssertionError("key " + key + " is stored twice: " + rows);
        }
        return rows.isEmpty() ? null : rows.get(0).values();
    }
}
