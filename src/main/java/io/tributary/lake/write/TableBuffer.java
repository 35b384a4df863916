package io.tributary.lake.write;

import io.tributary.debezium.TableId;
import io.tributary.lake.protocol.WriteCounts;
import io.tributary.lake.schema.TableSchema;
import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What waits to be written of one table: rows by bucket and key, and truncates by bucket. Not thread-safe. */
final class TableBuffer {
    private final TableId table;
    private final TreeMap<Integer, BucketBuffer> buckets = new TreeMap<>();
    private final IdentityHashMap<RowSchemaRef, Boolean> schemas = new IdentityHashMap<>();
    private final LinkedHashSet<TableSchema> needed = new LinkedHashSet<>();
    /** Of every row that brought its record, those too that a newer row has replaced. */
    private final List<RawRecord> records = new ArrayList<>();

    private long bytes;

    /** The rows of one bucket, and the position up to which it is truncated. */
    static final class BucketBuffer {
        private final HashMap<String, KeyRows> rows = new HashMap<>();
        private LakeMessage.TruncateMessage truncate;
        private long bytes;
        /** Of events whose rows brought their records, which may go elsewhere. */
        private WriteCounts recorded = WriteCounts.NONE;
        /** Of all other events. */
        private WriteCounts unrecorded = WriteCounts.NONE;

        Map<String, KeyRows> rows() {
            return rows;
        }

        /** @return of heap, about */
        long bytes() {
            return bytes;
        }

        /** @return the newest truncate, or null */
        LakeMessage.TruncateMessage truncate() {
            return truncate;
        }

        /** @return all events that the rows come of, those included that a newer one has replaced */
        WriteCounts counts() {
            return recorded.plus(unrecorded);
        }
    }

    TableBuffer(TableId table) {
        this.table = table;
    }

    TableId table() {
        return table;
    }

    /** @return by how many bytes of heap the buffer has grown */
    long add(LakeRow row, RowSchemaRef schema) {
        BucketBuffer bucket = bucket(row.bucket());
        if (row.record() == null) {
            bucket.unrecorded = bucket.unrecorded.plusEvent(row.sourceTsMs());
        } else {
            bucket.recorded = bucket.recorded.plusEvent(row.sourceTsMs());
        }
        return addCounted(row, schema);
    }

    /**
     * Takes a row up again, whose event {@link #count} tells of.
     *
     * @return by how many bytes of heap the buffer has grown
     */
    long addCounted(LakeRow row, RowSchemaRef schema) {
        if (schemas.put(schema, Boolean.TRUE) == null) {
            needed.add(schema.columns());
        }
        BucketBuffer bucket = bucket(row.bucket());
        int grown = bucket.rows.computeIfAbsent(row.key(), key -> new KeyRows()).add(new KeyRows.Buffered(row, schema));
        if (row.record() != null) {
            records.add(row.record());
            grown += row.record().payloadBytes();
        }
        bucket.bytes += grown;
        bytes += grown;
        return grown;
    }

    /** Counts events, those too whose rows have been replaced before the others were taken up again. */
    void count(int bucket, WriteCounts events) {
        BucketBuffer counted = bucket(bucket);
        counted.unrecorded = counted.unrecorded.plus(events);
    }

    /** @return the records of the rows, in the order of their arrival */
    List<RawRecord> records() {
        return records;
    }

    /** @return what is left when the records have gone elsewhere: truncates, and rows that came without a record */
    TableBuffer withoutRecorded() {
        TableBuffer rest = new TableBuffer(table);
        buckets.forEach((number, bucket) -> {
            for (KeyRows rows : bucket.rows.values()) {
                rows.others().forEach(row -> rest.addUnrecorded(row));
                rest.addUnrecorded(rows.newest());
            }
            if (bucket.truncate != null) {
                rest.truncateCounted(bucket.truncate);
            }
            if (rest.buckets.containsKey(number)) {
                rest.count(number, bucket.unrecorded);
            }
        });
        return rest;
    }

    private void addUnrecorded(KeyRows.Buffered row) {
        if (row.row().record() == null) {
            addCounted(row.row(), row.schema());
        }
    }

    boolean isEmpty() {
        return buckets.isEmpty();
    }

    void truncate(LakeMessage.TruncateMessage truncate) {
        if (truncate.bucket() == 0) {
            count(0, WriteCounts.NONE.plusEvent(truncate.sourceTsMs()));
        }
        truncateCounted(truncate);
    }

    /** Takes a truncate up again, whose event {@link #count} tells of. */
    void truncateCounted(LakeMessage.TruncateMessage truncate) {
        BucketBuffer bucket = bucket(truncate.bucket());
        if (bucket.truncate == null || bucket.truncate.position().compareTo(truncate.position()) < 0) {
            bucket.truncate = truncate;
        }
    }

    private BucketBuffer bucket(int number) {
        return buckets.computeIfAbsent(number, key -> new BucketBuffer());
    }

    Map<Integer, BucketBuffer> buckets() {
        return buckets;
    }

    /** @return the schemas of the rows in the order of their arrival; none where there are only truncates */
    List<TableSchema> needed() {
        return new ArrayList<>(needed);
    }

    WriteCounts counts() {
        WriteCounts counts = WriteCounts.NONE;
        for (BucketBuffer bucket : buckets.values()) {
            counts = counts.plus(bucket.counts());
        }
        return counts;
    }

    long bytes() {
        return bytes;
    }
}
