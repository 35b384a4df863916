package io.tributary.lake.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.debezium.ChangeEvent;
import io.tributary.lake.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through buffer, file and merge: events in any order, in any batches, some of them twice, end in the same stored rows. */
class ShuffledBatchesTest {
    private static final int KEYS = 40;
    private static final int MAX_EVENTS = 9;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1,false", "2,false", "3,false", "4,false", "5,true", "6,true"})
    void anyOrderAndAnyBatchesStoreTheSameRows(long seed, boolean partitioned) throws IOException {
        Random random = new Random(seed);
        List<ChangeEvent> events = history(random);
        Map<String, Map<String, Object>> expected = store("in-order", events, List.of(events.size()), partitioned);

        List<ChangeEvent> arrived = new ArrayList<>(events);
        for (ChangeEvent event : events) {
            if (random.nextInt(4) == 0) {
                arrived.add(event);
            }
        }
        Collections.shuffle(arrived, random);
        List<Integer> batches = new ArrayList<>();
        for (int end = 0; end < arrived.size(); ) {
            end = Math.min(arrived.size(), end + 1 + random.nextInt(arrived.size() / 3));
            batches.add(end);
        }
        assertThat(batches).hasSizeGreaterThan(2);

        assertThat(store("shuffled", arrived, batches, partitioned)).isEqualTo(expected);
    }

    private static List<ChangeEvent> history(Random random) {
        Changes changes = Changes.of("item");
        List<ChangeEvent> events = new ArrayList<>();
        long position = 1;
        for (int event = 0; event < KEYS * MAX_EVENTS / 2; event++) {
            int key = random.nextInt(KEYS);
            String name = random.nextInt(5) == 0 ? null : "n" + random.nextInt(3);
            String notes = random.nextInt(5) == 0 ? null : "t" + position;
            switch (random.nextInt(10)) {
                case 0 -> events.add(changes.deleteWithKeyOnly(position, key));
                case 1 -> events.add(changes.deleteWithoutBefore(position, key));
                case 2 -> events.add(changes.delete(position, key, name, notes));
                case 3, 4, 5 -> events.add(changes.upsert(position, key, name, Changes.UNAVAILABLE));
                default -> events.add(changes.upsert(position, key, name, notes));
            }
            position++;
            if (random.nextInt(60) == 0) {
                events.add(changes.truncate(position++));
            }
        }
        return events;
    }

    /** @param batches where each batch ends; every other one is written without a commit after it */
    private Map<String, Map<String, Object>> store(
            String name, List<ChangeEvent> events, List<Integer> batches, boolean partitioned) throws IOException {
        Path lakeDirectory = Files.createDirectory(directory.resolve(name));
        SmallLake lake = new SmallLake(
                lakeDirectory,
                Changes.of("item").table(),
                Map.of("buckets", "2"),
                partitioned ? Map.of("partition", "name") : Map.of());
        int start = 0;
        for (int batch = 0; batch < batches.size(); batch++) {
            lake.add(events.subList(start, batches.get(batch)).toArray(new ChangeEvent[0]))
                    .flush();
            if (batch % 2 == 0 || batch == batches.size() - 1) {
                lake.commit();
            }
            start = batches.get(batch);
        }
        Map<String, Map<String, Object>> rows = new TreeMap<>();
        lake.stored().rows().forEach(row -> {
            Map<String, Object> values = new TreeMap<>(row.values());
            values.keySet()
                    .removeIf(column -> column.startsWith("_hoodie_") && !column.equals("_hoodie_partition_path"));
            assertThat(rows.put(row.key(), values))
                    .as("key %s is stored once", row.key())
                    .isNull();
        });
        FileUtil.fullyDelete(lakeDirectory.toFile());
        return rows;
    }
}
