package io.tributary.lake.write;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
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
    /** The column of the keys is about so much of a file. */
    private static final int KEYS_SHARE = 8;

    private static final int MIN_KEYS = 100;
    /** Hadoop's filter has up to 2^31 bits. */
    private static final int MAX_KEYS = 100_000_000;

    private final Configuration hadoop;
    private final long memory;
    private final FileThreads threads;
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

    /**
     * @param memory bytes for filters that are kept
     * @param threads that read keys; others than those that ask for them, which wait
     */
    KeyFilters(Configuration hadoop, long memory, FileThreads threads) {
        this.hadoop = hadoop;
        this.memory = memory;
        this.threads = threads;
    }

    /**
     * @param files of one bucket by partition
     * @return the partitions whose file may have one of the keys; the others' have none
     */
    Set<String> mayHold(Map<String, BaseFile> files, Collection<String> keys) throws IOException {
        Map<String, Keys> known = new HashMap<>();
        Map<String, Future<Keys>> reading = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, BaseFile> file : files.entrySet()) {
                Keys kept = byPath.get(file.getValue().path());
                if (kept == null) {
                    reading.put(
                            file.getKey(),
                            threads.submit(file.getValue().bytes() / KEYS_SHARE, () -> read(file.getValue())));
                } else {
                    known.put(file.getKey(), kept);
                }
            }
            Iterator<Keys> read =
                    FileThreads.results(new ArrayList<>(reading.values())).iterator();
            reading.keySet().forEach(partition -> known.put(partition, read.next()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the keys of files were read");
        }
        reading.keySet().forEach(partition -> keep(files.get(partition), known.get(partition)));
        Set<String> found = new HashSet<>();
        known.forEach((partition, ofFile) -> {
            if (keys.stream().anyMatch(ofFile.filter::mightContain)) {
                found.add(partition);
            }
        });
        return found;
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
