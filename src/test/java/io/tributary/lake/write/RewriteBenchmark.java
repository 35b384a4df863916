package io.tributary.lake.write;

import com.sun.management.OperatingSystemMXBean;
import io.tributary.debezium.ChangeEvent;
import io.tributary.lake.Changes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What it costs to write one changed row into a bucket: the whole bucket is merged and written anew. By CPU time, so that
 * other processes do not matter. Kept, not run with the tests: the command is in docs/sizing.md.
 */
public final class RewriteBenchmark {
    private static final int ROWS = 200_000;
    private static final int STEP = 20_000;
    private static final int ROUNDS = 5;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final int PARTITIONS = 100;

    private RewriteBenchmark() {}

    /** @param args the numbers of text columns beside the key; 2 and 20 where there are none */
    public static void main(String[] args) throws Exception {
        for (String texts : args.length == 0 ? new String[] {"2", "20"} : args) {
            measure(Integer.parseInt(texts));
        }
        measurePartitions(64 << 20);
        measurePartitions(0);
        System.exit(0);
    }

    private static void measure(int texts) throws IOException {
        Path directory = Files.createTempDirectory("rewrite");
        Random random = new Random(texts);
        Changes changes = Changes.of("item", columns(texts));
        SmallLake lake = new SmallLake(directory, changes.table());
        for (int from = 0; from < ROWS; from += STEP) {
            ChangeEvent[] batch = new ChangeEvent[STEP];
            for (int i = 0; i < STEP; i++) {
                batch[i] = changes.upsert(1, values(from + i, texts, random));
            }
            lake.commit(batch);
        }
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            ChangeEvent change = changes.upsert(2 + round, values(7, texts, random));
            long before = PROCESS.getProcessCpuTime();
            lake.commit(change);
            best = Math.min(best, (PROCESS.getProcessCpuTime() - before) / 1e9);
        }
        double megabytes = newestFile(directory) / 1e6;
        System.out.printf(
                "%,d rows of %d columns, %.1f MB: %.2f CPU seconds to change one row, %,.0f rows/s, %.1f MB/s%n",
                ROWS, texts + 1, megabytes, best, ROWS / best, megabytes / best);
    }

    /** @param keyMemory as {@code Lake.key.filter.memory} */
    private static void measurePartitions(long keyMemory) throws IOException {
        int texts = 20;
        Random random = new Random(texts);
        Changes changes = Changes.of("item", columns(texts));
        SmallLake lake = new SmallLake(
                        Files.createTempDirectory("rewrite"), changes.table(), Map.of(), Map.of("partition", "text1"))
                .keyMemory(keyMemory);
        for (int from = 0; from < ROWS; from += STEP) {
            for (int id = from; id < from + STEP; id++) {
                lake.add(changes.upsert(1, inPartition(id, texts, random)));
            }
            lake.flush().commit();
        }
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            ChangeEvent change = changes.upsert(2 + round, inPartition(ROWS - 1, texts, random));
            long before = PROCESS.getProcessCpuTime();
            lake.commit(change);
            best = Math.min(best, (PROCESS.getProcessCpuTime() - before) / 1e9);
        }
        System.out.printf(
                "%,d rows of %d columns in %d partitions, %d MB for keys: %.2f CPU seconds to change one row%n",
                ROWS, texts + 1, PARTITIONS, keyMemory >> 20, best);
    }

    private static Object[] inPartition(int id, int texts, Random random) {
        Object[] values = values(id, texts, random);
        values[1] = "day " + (long) id * PARTITIONS / ROWS;
        return values;
    }

    private static String[] columns(int texts) {
        String[] columns = new String[texts + 1];
        columns[0] = "id \"int\"";
        for (int i = 1; i <= texts; i++) {
            columns[i] = "text" + i + " " + Changes.NULLABLE_TEXT;
        }
        return columns;
    }

    private static Object[] values(int id, int texts, Random random) {
        Object[] values = new Object[texts + 1];
        values[0] = id;
        for (int i = 1; i <= texts; i++) {
            values[i] = Long.toString(random.nextLong(), Character.MAX_RADIX);
        }
        return values;
    }

    private static long newestFile(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .mapToLong(file -> file.toFile().length())
                    .max()
                    .orElseThrow();
        }
    }
}
