package io.tributary.lake.write;

import io.tributary.config.LakeOptions.DeleteMode;
import io.tributary.debezium.TableId;
import io.tributary.lake.merge.RowState;
import io.tributary.lake.protocol.CoordinatorReply.Grant;
import io.tributary.lake.protocol.WrittenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.index.bucket.BucketIdentifier;
import org.apache.hudi.org.apache.avro.generic.GenericRecord;

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
    private final FileGroups groups;
    private RecordCodec codec;
    private PartitionPaths partitions;
    private IncomingRows incoming;
    /** The files of the write that is going on, by partition: until it is done, those before are the newest. */
    private final List<Map.Entry<String, BaseFile>> fresh = new ArrayList<>();

    private final AtomicInteger filesMade;

    /** @param filesMade how many files the attempt has begun so far: no two may have the same name */
    TableWriter(TableLayout layout, TableId table, int subtask, int attempt, AtomicInteger filesMade)
            throws IOException {
        this.layout = layout;
        this.table = table;
        this.basePath = layout.path(table.fullName());
        this.hadoop = layout.hadoop().configuration();
        this.hudiOptions = layout.hudiOptions(table.fullName());
        this.subtask = subtask;
        this.attempt = attempt;
        this.filesMade = filesMade;
        this.groups = FileGroups.load(hadoop, basePath);
    }

    /**
     * Writes all of it, or may be called again: what a failed call has written is in no later file, and Hudi's commit of
     * the instant deletes it.
     *
     * @param truncate the table's newest so far, which the rows may have come too late for; null for none
     * @return the files that now hold the buckets' rows, one for each bucket and partition that was written
     */
    List<WrittenFile> write(
            Grant grant, Map<Integer, TableBuffer.BucketBuffer> buckets, LakeMessage.TruncateMessage truncate)
            throws IOException {
        if (incoming == null || !incoming.schema().equals(grant.schema())) {
            codec = new RecordCodec(table, grant.schema());
            incoming = new IncomingRows(grant.schema());
            partitions = new PartitionPaths(table, grant.schema(), layout.partitionColumns(table.fullName()));
        }
        fresh.clear();
        List<WrittenFile> written = new ArrayList<>();
        for (Map.Entry<Integer, TableBuffer.BucketBuffer> bucket : buckets.entrySet()) {
            if (partitions.only() != null) {
                written.add(merge(
                        grant.instant(),
                        bucket.getKey(),
                        fold(bucket.getValue(), truncate),
                        bucket.getValue().truncate()));
            } else {
                written.addAll(mergeAcrossPartitions(
                        grant.instant(),
                        bucket.getKey(),
                        fold(bucket.getValue(), truncate),
                        bucket.getValue().truncate()));
            }
        }
        fresh.forEach(file -> groups.put(file.getKey(), file.getValue()));
        return written;
    }

    private Map<String, RowState> fold(TableBuffer.BucketBuffer buffer, LakeMessage.TruncateMessage truncate) {
        Map<String, RowState> rows = new LinkedHashMap<>();
        buffer.rows().forEach((key, waiting) -> rows.put(key, incoming.fold(waiting, truncate)));
        return rows;
    }

    /**
     * One pass over the bucket's file.
     *
     * @param truncate that the stored rows have not seen; null for none
     */
    private WrittenFile merge(
            String instant, int bucket, Map<String, RowState> rows, LakeMessage.TruncateMessage truncate)
            throws IOException {
        String partition = partitions.only();
        BaseFile previous = groups.get(partition, bucket);
        RowState truncated = truncate == null ? null : incoming.truncated(truncate);
        try (BaseFileWriter writer = open(instant, partition, bucket, previous)) {
            if (previous != null) {
                try (BaseFileReader reader = new BaseFileReader(hadoop, previous, codec)) {
                    while (reader.hasNext()) {
                        GenericRecord stored = reader.next();
                        String key = stored.get(RecordCodec.RECORD_KEY).toString();
                        RowState row = rows.remove(key);
                        update(writer, key, stored, row == null ? truncated : row);
                    }
                }
            }
            for (Map.Entry<String, RowState> row : rows.entrySet()) {
                if (keeps(row.getValue())) {
                    writer.write(row.getKey(), codec.write(row.getValue()), false);
                }
            }
            return finish(writer, partition);
        }
    }

    /** @param row what is new of the stored row; null for nothing */
    private void update(BaseFileWriter writer, String key, GenericRecord stored, RowState row) throws IOException {
        if (row == null) {
            writer.copy(key, stored);
            return;
        }
        RowState merged = merged(stored, row);
        if (merged == null) {
            writer.copy(key, stored);
        } else if (keeps(merged)) {
            writer.write(key, codec.write(merged), true);
        } else {
            writer.dropped();
        }
    }

    /** @return the merged row, or null where the stored one stays as it is */
    private RowState merged(GenericRecord stored, RowState row) {
        if (row.complete() && row.position().compareTo(codec.position(stored)) > 0) {
            return row;
        }
        RowState before = codec.read(stored);
        RowState merged = RowState.merge(before, row);
        return merged.equals(before) ? null : merged;
    }

    private boolean keeps(RowState row) {
        return !row.deleted() || layout.deleteMode() == DeleteMode.SOFT;
    }

    /**
     * A row may have moved to another partition, and an event may not say which one it was in: the stored rows of the
     * bucket are looked up in every partition first. A move is a removal there and an insert here, in one commit.
     */
    private List<WrittenFile> mergeAcrossPartitions(
            String instant, int bucket, Map<String, RowState> rows, LakeMessage.TruncateMessage truncate)
            throws IOException {
        RowState truncated = truncate == null ? null : incoming.truncated(truncate);
        // by partition: keys that leave it or change (null), and the rows that it gets
        Map<String, Map<String, RowState>> changes = new TreeMap<>();
        for (Map.Entry<String, BaseFile> file : groups.ofBucket(bucket).entrySet()) {
            try (BaseFileReader reader = new BaseFileReader(hadoop, file.getValue(), codec)) {
                while (reader.hasNext()) {
                    GenericRecord stored = reader.next();
                    String key = stored.get(RecordCodec.RECORD_KEY).toString();
                    RowState row = rows.containsKey(key) ? rows.remove(key) : truncated;
                    RowState merged = row == null ? null : merged(stored, row);
                    if (merged != null) {
                        changes.computeIfAbsent(file.getKey(), p -> new HashMap<>())
                                .put(key, null);
                        place(changes, key, merged);
                    }
                }
            }
        }
        rows.forEach((key, row) -> place(changes, key, row));
        List<WrittenFile> written = new ArrayList<>();
        for (Map.Entry<String, Map<String, RowState>> change : changes.entrySet()) {
            written.add(rewrite(instant, bucket, change.getKey(), change.getValue()));
        }
        return written;
    }

    private void place(Map<String, Map<String, RowState>> changes, String key, RowState row) {
        if (keeps(row)) {
            changes.computeIfAbsent(partitions.of(row), partition -> new HashMap<>())
                    .put(key, row);
        }
    }

    private WrittenFile rewrite(String instant, int bucket, String partition, Map<String, RowState> changes)
            throws IOException {
        BaseFile previous = groups.get(partition, bucket);
        try (BaseFileWriter writer = open(instant, partition, bucket, previous)) {
            if (previous != null) {
                try (BaseFileReader reader = new BaseFileReader(hadoop, previous, codec)) {
                    while (reader.hasNext()) {
                        GenericRecord stored = reader.next();
                        String key = stored.get(RecordCodec.RECORD_KEY).toString();
                        if (!changes.containsKey(key)) {
                            writer.copy(key, stored);
                        } else if (changes.get(key) == null) {
                            writer.dropped();
                        }
                    }
                }
            }
            for (Map.Entry<String, RowState> row : changes.entrySet()) {
                if (row.getValue() != null) {
                    writer.write(row.getKey(), codec.write(row.getValue()), previous != null);
                }
            }
            return finish(writer, partition);
        }
    }

    private BaseFileWriter open(String instant, String partition, int bucket, BaseFile previous) throws IOException {
        String fileId = previous == null ? BucketIdentifier.newBucketFileIdPrefix(bucket) : previous.fileId();
        String token = subtask + "-" + filesMade.getAndIncrement() + "-" + attempt;
        return new BaseFileWriter(
                hadoop, basePath, partition, fileId, instant, previous, subtask, token, codec, hudiOptions);
    }

    private WrittenFile finish(BaseFileWriter writer, String partition) throws IOException {
        WrittenFile written = writer.finish();
        fresh.add(Map.entry(partition, writer.file()));
        return written;
    }
}
