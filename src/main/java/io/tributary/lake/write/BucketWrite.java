package io.tributary.lake.write;

import io.tributary.config.LakeOptions.DeleteMode;
import io.tributary.lake.merge.RowState;
import io.tributary.lake.protocol.WrittenFile;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.index.bucket.BucketIdentifier;
import org.apache.hudi.org.apache.avro.generic.GenericRecord;

/**
 * Writes the rows that wait for one bucket: its stored rows merged with them become a new file, in each partition that is
 * touched. May run beside those of other buckets.
 */
final class BucketWrite implements Callable<List<BucketWrite.NewFile>> {
    /** What the columns of a file may take while it is made, above its size when it is compressed. */
    private static final int UNCOMPRESSED = 4;

    private final Configuration hadoop;
    private final DeleteMode deleteMode;
    private final RecordCodec codec;
    private final PartitionPaths partitions;
    private final FileGroups groups;
    private final KeyFilters filters;
    private final Opener opener;
    private final int bucket;
    private final TableBuffer.BucketBuffer buffer;
    private final LakeMessage.TruncateMessage tableTruncate;
    private final IncomingRows incoming;
    private final List<NewFile> written = new ArrayList<>();

    /** Begins files. Thread-safe. */
    interface Opener {
        /** @param previous the file that the new one replaces, null for none */
        BaseFileWriter open(String partition, String fileId, BaseFile previous) throws IOException;
    }

    /** A file that is complete, and not committed. Immutable. */
    static final class NewFile {
        private final WrittenFile written;
        private final BaseFile file;
        private final KeyFilters.Keys keys;

        private NewFile(WrittenFile written, BaseFile file, KeyFilters.Keys keys) {
            this.written = written;
            this.file = file;
            this.keys = keys;
        }

        WrittenFile written() {
            return written;
        }

        BaseFile file() {
            return file;
        }

        /** @return null where they are not known */
        KeyFilters.Keys keys() {
            return keys;
        }
    }

    /**
     * @param groups the newest files, not changed meanwhile
     * @param tableTruncate the table's newest so far, which the rows may have come too late for; null for none
     */
    BucketWrite(
            Configuration hadoop,
            DeleteMode deleteMode,
            TableSchema schema,
            RecordCodec codec,
            PartitionPaths partitions,
            FileGroups groups,
            KeyFilters filters,
            Opener opener,
            int bucket,
            TableBuffer.BucketBuffer buffer,
            LakeMessage.TruncateMessage tableTruncate) {
        this.hadoop = hadoop;
        this.deleteMode = deleteMode;
        this.codec = codec;
        this.partitions = partitions;
        this.groups = groups;
        this.filters = filters;
        this.opener = opener;
        this.bucket = bucket;
        this.buffer = buffer;
        this.tableTruncate = tableTruncate;
        this.incoming = new IncomingRows(schema);
    }

    /** @return how much memory it takes, about: that of its largest file, files are written one after the other */
    long bytes() {
        long largest = groups.ofBucket(bucket).values().stream()
                .mapToLong(BaseFile::bytes)
                .max()
                .orElse(0);
        return UNCOMPRESSED * largest + buffer.bytes();
    }

    @Override
    public List<NewFile> call() throws IOException {
        Map<String, RowState> rows = new LinkedHashMap<>();
        buffer.rows().forEach((key, waiting) -> rows.put(key, incoming.fold(waiting, tableTruncate)));
        // that the stored rows have not seen
        RowState truncated = buffer.truncate() == null ? null : incoming.truncated(buffer.truncate());
        if (partitions.only() != null) {
            merge(rows, truncated);
        } else {
            mergeAcrossPartitions(rows, truncated);
        }
        return written;
    }

    /** One pass over the bucket's file. */
    private void merge(Map<String, RowState> rows, RowState truncated) throws IOException {
        String partition = partitions.only();
        BaseFile previous = groups.get(partition, bucket);
        try (BaseFileWriter writer = open(partition, previous)) {
            BaseFileReader.forEach(hadoop, previous, codec, (key, stored) -> {
                RowState row = rows.remove(key);
                update(writer, key, stored, row == null ? truncated : row);
            });
            for (Map.Entry<String, RowState> row : rows.entrySet()) {
                if (keeps(row.getValue())) {
                    writer.write(row.getKey(), codec.write(row.getValue()), false);
                }
            }
            finish(writer, null);
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
        return !row.deleted() || deleteMode == DeleteMode.SOFT;
    }

    /**
     * A row may have moved to another partition, and an event may not say which one it was in: the stored rows of the
     * bucket are looked up in every partition first whose file may have one. A move is a removal there and an insert here,
     * in one commit.
     */
    private void mergeAcrossPartitions(Map<String, RowState> rows, RowState truncated) throws IOException {
        // by partition: keys that leave it or change (null), and the rows that it gets
        Map<String, Map<String, RowState>> changes = new TreeMap<>();
        Map<String, BaseFile> files = groups.ofBucket(bucket);
        if (truncated == null) {
            files.keySet().retainAll(filters.mayHold(files, rows.keySet()));
        }
        for (Map.Entry<String, BaseFile> file : files.entrySet()) {
            BaseFileReader.forEach(hadoop, file.getValue(), codec, (key, stored) -> {
                RowState row = rows.containsKey(key) ? rows.remove(key) : truncated;
                RowState merged = row == null ? null : merged(stored, row);
                if (merged != null) {
                    changes.computeIfAbsent(file.getKey(), p -> new HashMap<>()).put(key, null);
                    place(changes, key, merged);
                }
            });
        }
        rows.forEach((key, row) -> place(changes, key, row));
        for (Map.Entry<String, Map<String, RowState>> change : changes.entrySet()) {
            rewrite(change.getKey(), change.getValue());
        }
    }

    private void place(Map<String, Map<String, RowState>> changes, String key, RowState row) {
        if (keeps(row)) {
            changes.computeIfAbsent(partitions.of(row), partition -> new HashMap<>())
                    .put(key, row);
        }
    }

    private void rewrite(String partition, Map<String, RowState> changes) throws IOException {
        BaseFile previous = groups.get(partition, bucket);
        KeyFilters.Keys keys = filters.begin(previous, changes.size());
        try (BaseFileWriter writer = open(partition, previous)) {
            BaseFileReader.forEach(hadoop, previous, codec, (key, stored) -> {
                if (!changes.containsKey(key)) {
                    writer.copy(key, stored);
                    add(keys, key);
                } else if (changes.get(key) == null) {
                    writer.dropped();
                }
            });
            for (Map.Entry<String, RowState> row : changes.entrySet()) {
                if (row.getValue() != null) {
                    writer.write(row.getKey(), codec.write(row.getValue()), previous != null);
                    add(keys, row.getKey());
                }
            }
            finish(writer, keys);
        }
    }

    private static void add(KeyFilters.Keys keys, String key) {
        if (keys != null) {
            keys.add(key);
        }
    }

    private BaseFileWriter open(String partition, BaseFile previous) throws IOException {
        return opener.open(
                partition,
                previous == null ? BucketIdentifier.newBucketFileIdPrefix(bucket) : previous.fileId(),
                previous);
    }

    private void finish(BaseFileWriter writer, KeyFilters.Keys keys) throws IOException {
        WrittenFile file = writer.finish();
        written.add(new NewFile(file, writer.file(file.bytes()), keys));
    }
}
