package io.tributary.lake.write;

import io.tributary.debezium.TableId;
import io.tributary.lake.protocol.CoordinatorReply.Grant;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;

/**
 * Writes one table's buckets, those that fall to one subtask: each bucket that has rows becomes a new base file, the
 * stored rows merged with the new ones. Not thread-safe.
 */
final class TableWriter {
    private final TableLayout layout;
    private final TableId table;
    private final String basePath;
    private final Configuration hadoop;
    private final Map<String, String> hudiOptions;
    private final int subtask;
    private final int attempt;
    private final AtomicInteger filesMade;
    private final FileGroups groups;
    private final KeyFilters filters;
    private TableSchema schema;
    private RecordCodec codec;
    private PartitionPaths partitions;

    /** A write of the table that is going on. */
    static final class Writing {
        private final TableWriter writer;
        private final List<Future<List<BucketWrite.NewFile>>> buckets;

        private Writing(TableWriter writer, List<Future<List<BucketWrite.NewFile>>> buckets) {
            this.writer = writer;
            this.buckets = buckets;
        }

        /**
         * Waits until nothing of it is being done any more.
         *
         * @return the files that now hold the buckets' rows, one for each bucket and partition that was written
         */
        List<WrittenFile> done() throws IOException, InterruptedException {
            List<WrittenFile> written = new ArrayList<>();
            // until all of it is done, the files of before are the newest
            for (List<BucketWrite.NewFile> bucket : FileThreads.results(buckets)) {
                for (BucketWrite.NewFile file : bucket) {
                    writer.filters.forget(writer.groups.put(file.written().partition(), file.file()));
                    writer.filters.keep(file.file(), file.keys());
                    written.add(file.written());
                }
            }
            return written;
        }
    }

    /**
     * @param filesMade how many files the attempt has begun so far: no two may have the same name
     * @param filters of the subtask's partitioned tables
     */
    TableWriter(
            TableLayout layout, TableId table, int subtask, int attempt, AtomicInteger filesMade, KeyFilters filters)
            throws IOException {
        this.layout = layout;
        this.table = table;
        this.basePath = layout.path(table.fullName());
        this.hadoop = layout.hadoop().configuration();
        this.hudiOptions = layout.hudiOptions(table.fullName());
        this.subtask = subtask;
        this.attempt = attempt;
        this.filesMade = filesMade;
        this.filters = filters;
        this.groups = FileGroups.load(hadoop, basePath);
    }

    /**
     * Begins to write all of it; one write of a table at a time. May be called again when it has failed: what it has
     * written is in no later file, and Hudi's commit of the instant deletes it.
     *
     * @param buckets must not change meanwhile
     * @param truncate the table's newest so far, which the rows may have come too late for; null for none
     */
    Writing write(
            FileThreads threads,
            Grant grant,
            Map<Integer, TableBuffer.BucketBuffer> buckets,
            LakeMessage.TruncateMessage truncate)
            throws InterruptedException {
        if (!grant.schema().equals(schema)) {
            schema = grant.schema();
            codec = new RecordCodec(table, schema);
            partitions = new PartitionPaths(table, schema, layout.partitionColumns(table.fullName()));
        }
        List<BucketWrite> writes = new ArrayList<>();
        buckets.forEach((bucket, buffer) -> writes.add(new BucketWrite(
                hadoop,
                layout.deleteMode(),
                schema,
                codec,
                partitions,
                groups,
                filters,
                opener(grant.instant()),
                bucket,
                buffer,
                truncate)));
        List<Future<List<BucketWrite.NewFile>>> begun = new ArrayList<>();
        for (BucketWrite write : writes) {
            begun.add(threads.submit(write.bytes(), write));
        }
        return new Writing(this, begun);
    }

    private BucketWrite.Opener opener(String instant) {
        RecordCodec records = codec;
        return (partition, fileId, previous) -> new BaseFileWriter(
                hadoop,
                basePath,
                partition,
                fileId,
                instant,
                previous,
                subtask,
                subtask + "-" + filesMade.getAndIncrement() + "-" + attempt,
                records,
                hudiOptions);
    }
}
