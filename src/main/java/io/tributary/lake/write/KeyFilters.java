package io.tributary.lake.write;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.common.bloom.BloomFilter;
import org.apache.hudi.common.bloom.BloomFilterFactory;
import org.apache.hudi.common.bloom.BloomFilterTypeCode;
import org.apache.hudi.common.util.collection.ClosableIterator;
import org.apache.hudi.io.storage.HoodieAvroParquetReader;

/**
 * Tells which files of partitioned tables need not be read, since they hold none of the keys: with a Bloom filter of the
 * keys of each file, made when the file is written or looked into for the first time. Filters that there is no memory for
 * are made each time, from the column of the keys alone. They are not in the files: their footers would grow for every
 * reader. Thread-safe.
 */
final class KeyFilters {
    /** Of a key that is not there: a checkpoint with 100 changes of a bucket reads one old partition of a hundred in vain. */
    private static final double ERROR_RATE = 1e-4;

    private static final double BYTES_PER_KEY = -Math.log(ERROR_RATE) / (Math.log(2) * Math.log(2)) / 8;
    private static final int MIN_KEYS = 100;
    /** Hadoop's filter has up to 2^31 bits. */
    private static final int MAX_KEYS = 100_000_000;

    private final Configuration hadoop;
    private final long memory;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final Map<String, Keys> byPath = new ConcurrentHashMap<>();

    /** The keys of one file. Grows until the file is complete; by one thread. */
    static final class Keys {
        private final BloomFilter filter;
        private final long bytes;
        private long rows;

        private Keys(long expected) {
            int keys = (int) Math.min(MAX_KEYS, Math.max(MIN_KEYS, expected));
            this.filter =
                    BloomFilterFactory.createBloomFilter(keys, ERROR_RATE, keys, BloomFilterTypeCode.SIMPLE.name());
            this.bytes = (long) (keys * BYTES_PER_KEY);
        }

        void add(String key) {
            filter.add(key);
            rows++;
        }
    }

    /** @param memory bytes for filters that are kept */
    KeyFilters(Configuration hadoop, long memory) {
        this.hadoop = hadoop;
        this.memory = memory;
    }

    /** @return false where the file has none of the keys; true where it may have one */
    boolean mayHold(BaseFile file, Collection<String> keys) throws IOException {
        if (keys.isEmpty()) {
            return false;
        }
        Keys known = byPath.get(file.path());
        if (known == null) {
            known = read(file);
            keep(file, known);
        }
        for (String key : keys) {
            if (known.filter.mightContain(key)) {
                return true;
            }
        }
        return false;
    }

    private Keys read(BaseFile file) throws IOException {
        reads.incrementAndGet();
        HoodieAvroParquetReader reader = new HoodieAvroParquetReader(hadoop, new Path(file.path()));
        try {
            Keys keys = new Keys(reader.getTotalRecords());
            try (ClosableIterator<String> all = reader.getRecordKeyIterator()) {
                all.forEachRemaining(keys::add);
            }
            return keys;
        } finally {
            reader.close();
        }
    }

    /**
     * Begins the keys of a file that is being written.
     *
     * @param previous the file that it replaces; null for none
     * @param added rows that it may have more
     * @return null where it is not known how many it will have
     */
    Keys begin(BaseFile previous, int added) {
        if (previous == null) {
            return new Keys(added);
        }
        Keys before = byPath.get(previous.path());
        return before == null ? null : new Keys(before.rows + added);
    }

    /** @param keys of the file, null where they are not known: they are read when they are asked for */
    void keep(BaseFile file, Keys keys) {
        if (keys == null) {
            return;
        }
        if (used.addAndGet(keys.bytes) > memory) {
            used.addAndGet(-keys.bytes);
        } else {
            byPath.put(file.path(), keys);
        }
    }

    /** A file that others have replaced. */
    void forget(BaseFile file) {
        Keys gone = file == null ? null : byPath.remove(file.path());
        if (gone != null) {
            used.addAndGet(-gone.bytes);
        }
    }

    /** @return of how many files the keys were read */
    long reads() {
        return reads.get();
    }
}
