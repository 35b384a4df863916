package io.tributary.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.config.TributaryConfig;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.EventReader;
import io.tributary.debezium.FoldedTable;
import io.tributary.debezium.Outcomes;
import io.tributary.debezium.RecordedDecoder;
import io.tributary.lake.commit.HudiTables;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.write.TableLayout;
import io.tributary.local.recording.Recording;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lake alone in a Flink cluster: events in, Hudi tables out, compared with the same events folded in a map. */
class LakeSinkITCase {
    private static final String RECORDING = "raw-headers-default";
    private static final int CHUNKS = 5;

    @TempDir
    Path lake;

    @TempDir
    Path savepoints;

    @ParameterizedTest
    @CsvSource({
        "raw-headers-default,1",
        "raw-headers-default,2",
        "raw-headers-default,4",
        "raw-confluent4-contentid,2",
        "unwrap-apicurio8,2",
        "unwrap-headers-default,2"
    })
    void theEventsOfARecordingBecomeItsTables(String recording, int parallelism) throws Exception {
        List<ChangeEvent> events = recorded(recording);
        run(new EventSource.Script(events, CHUNKS), parallelism, Map.of());
        assertTablesAre(events);
    }

    @Test
    void aFailureInTheMiddleLosesAndDoublesNothing() throws Exception {
        List<ChangeEvent> events = recorded(RECORDING);
        EventSource.Script script = new EventSource.Script(events, CHUNKS).failInChunk(3);
        run(script, 2, Map.of());
        assertThat(script.failed()).isTrue();
        assertTablesAre(events);
    }

    @Test
    void aFailureBetweenCheckpointAndCommitLosesAndDoublesNothing() throws Exception {
        List<ChangeEvent> events = recorded(RECORDING);
        EventSource.Script script = new EventSource.Script(events, CHUNKS).failAfterCheckpointOfChunk(2);
        run(script, 2, Map.of());
        assertThat(script.failed()).isTrue();
        assertTablesAre(events);
    }

    @Test
    void aMemoryThatIsFullAllTheTimeLosesAndDoublesNothing() throws Exception {
        List<ChangeEvent> events = recorded(RECORDING);
        EventSource.Script script = new EventSource.Script(events, 3).failInChunk(1);
        run(script, 2, Map.of("writer.memory", "60 kb", "buckets", "2"));
        assertThat(script.failed()).isTrue();
        assertTablesAre(events);
    }

    @Test
    void aSecondReplayWithoutStateChangesNothing() throws Exception {
        List<ChangeEvent> events = recorded(RECORDING);
        run(new EventSource.Script(events, 2), 2, Map.of());
        run(new EventSource.Script(events, 1), 1, Map.of());
        assertTablesAre(events);
    }

    @Test
    void aJobThatWasKilledStartsAgainWithoutState() throws Exception {
        List<ChangeEvent> events = recorded(RECORDING);
        EventSource.Script script = new EventSource.Script(events, CHUNKS).failInChunk(3);
        assertThatThrownBy(() -> environment(script, 2, Map.of(), Map.of("restart-strategy.type", "none"))
                        .execute())
                .rootCause()
                .hasMessage("injected failure");
        run(new EventSource.Script(events, CHUNKS), 2, Map.of());
        assertTablesAre(events);
    }

    @Test
    void savepointsHoldNothingUpAndAreRestoredAtAnotherParallelism() throws Exception {
        List<ChangeEvent> events = recorded(RECORDING);
        CountDownLatch reached = new CountDownLatch(1);
        EventSource.Script script = new EventSource.Script(events, CHUNKS).beforeChunk(2, reached::countDown);
        JobClient job = environment(script, 2, Map.of(), Map.of()).executeAsync();
        assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
        job.triggerSavepoint(savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(60, TimeUnit.SECONDS);
        String stopped = job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(60, TimeUnit.SECONDS);
        environment(
                        new EventSource.Script(events, CHUNKS),
                        3,
                        Map.of(),
                        Map.of("execution.state-recovery.path", stopped))
                .execute();
        assertTablesAre(events);
    }

    @Test
    void aTableAndAColumnThatAppearInTheFailedEpochAreThere() throws Exception {
        Changes item = Changes.of("item");
        Changes wider = Changes.of(
                "item",
                "id \"long\"",
                "name " + Changes.NULLABLE_TEXT,
                "notes " + Changes.NULLABLE_TEXT,
                "added [\"null\",\"double\"]");
        Changes late = Changes.of("late");
        List<ChangeEvent> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int at = 10 * i;
            events.add(
                    i < 120 ? item.upsert(at, i % 50, "n" + i, "x") : wider.upsert(at, i % 50, "n" + i, null, i / 4.0));
            if (i >= 120) {
                events.add(late.upsert(at, i % 30, "late" + i, i % 7 == 0 ? Changes.UNAVAILABLE : "y"));
            }
            if (i % 20 == 19) {
                events.add(item.deleteWithKeyOnly(at + 1, i % 50));
            }
        }
        EventSource.Script script = new EventSource.Script(events, CHUNKS).failInChunk(3);
        run(script, 2, Map.of("buckets", "2"));
        assertThat(script.failed()).isTrue();
        assertTablesAre(events);
    }

    /** Half of the keys, and with them one of the subtasks' partitions, see the change long before the others. */
    @ParameterizedTest
    @CsvSource({"evolve", "lenient", "ignore"})
    void columnsThatChangeForOneSubtaskFirstAndInTheFailedEpochFollowThePolicy(String policy) throws Exception {
        Changes before = Changes.of(
                "item", "id \"long\"", "n [\"null\",\"int\"]", "c [\"null\",\"int\"]", "gone " + Changes.NULLABLE_TEXT);
        Changes after = Changes.of(
                "item",
                "id \"long\"",
                "n [\"null\",\"long\"]",
                "c " + Changes.NULLABLE_TEXT,
                "added [\"null\",\"double\"]");
        List<ChangeEvent> events = new ArrayList<>();
        Map<String, Map<String, Object>> expected = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            int id = i % 50;
            boolean changed = i < 250 ? i >= (id % 2 == 0 ? 60 : 140) : id % 5 != 0;
            events.add(
                    changed
                            ? after.upsert(i, id, (1L << 40) + i, "text " + i, i / 4.0)
                            : before.upsert(i, id, i, -i, "gone " + i));
            expected.put(Integer.toString(id), changed ? changed(policy, i) : unchanged(policy, i));
        }
        events.addAll(events.subList(0, 100)); // a replay from before the change
        EventSource.Script script = new EventSource.Script(events, CHUNKS).failInChunk(1);
        run(script, 2, Map.of("buckets", "3", "schema.evolution", policy));
        assertThat(script.failed()).isTrue();
        Map<String, Map<String, Object>> stored = stored("shop.public.item").live();
        assertThat(stored.keySet()).isEqualTo(expected.keySet());
        expected.forEach((key, row) -> assertThat(stored.get(key)).as(key).containsAllEntriesOf(row));
    }

    private static Map<String, Object> changed(String policy, int i) {
        Map<String, Object> row = new HashMap<>();
        row.put("c", null);
        row.put("gone", null);
        row.put("n", policy.equals("ignore") ? null : (1L << 40) + i);
        if (!policy.equals("ignore")) {
            row.put("added", i / 4.0);
        }
        if (policy.equals("evolve")) {
            row.put("c__string", "text " + i);
        }
        String text = "\"c\":\"text " + i + "\"";
        row.put(
                "__rescued_data",
                policy.equals("evolve")
                        ? null
                        : policy.equals("lenient")
                                ? "{" + text + "}"
                                : "{\"added\":\"" + i / 4.0 + "\"," + text + ",\"n\":\"" + ((1L << 40) + i) + "\"}");
        return row;
    }

    private static Map<String, Object> unchanged(String policy, int i) {
        Map<String, Object> row = new HashMap<>();
        row.put("n", policy.equals("ignore") ? (Object) i : (Object) (long) i);
        row.put("c", -i);
        row.put("gone", "gone " + i);
        row.put("__rescued_data", null);
        return row;
    }

    @Test
    void aChangedColumnStopsTheJobWhereThePolicySaysSo() {
        Changes before = Changes.of("item", "id \"int\"", "n [\"null\",\"int\"]");
        Changes after = Changes.of("item", "id \"int\"", "n " + Changes.NULLABLE_TEXT);
        List<ChangeEvent> events = List.of(before.upsert(1, 1, 41), after.upsert(2, 1, "forty-two"));
        assertThatThrownBy(() -> environment(
                                new EventSource.Script(events, 1),
                                1,
                                Map.of("schema.evolution", "exception"),
                                Map.of("restart-strategy.type", "none"))
                        .execute())
                .rootCause()
                .hasMessageContaining("shop.public.item have changed (column n from int to string)");
    }

    @Test
    void aForeignTableInTheWayStopsNoOtherAndItsRowsComeInWhenItIsGone() throws Exception {
        Changes item = Changes.of("item");
        Changes sale = Changes.of("sale");
        List<ChangeEvent> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.add(item.upsert(i, i, "n" + i, "x"));
            events.add(sale.upsert(i, i, "s" + i, "y"));
        }
        events.add(item.truncate(20));
        events.add(sale.truncate(10));
        HudiTables.of(layout(Map.of("buckets", "7"))).open(item.table(), TableSchema.of(item.schema()), Set.of());
        StoredTable other = stored(sale.table().fullName());
        EventSource.Script script = new EventSource.Script(events, CHUNKS)
                .failInChunk(1)
                .beforeChunk(3, () -> {
                    await().atMost(Duration.ofSeconds(60)).until(() -> other.commits() > 0);
                    assertThat(stored(item.table().fullName()).commits()).isZero();
                    FileUtil.fullyDelete(lake.resolve(item.table().fullName()).toFile());
                });
        run(script, 2, Map.of());
        assertThat(script.failed()).isTrue();
        assertTablesAre(events);
    }

    @Test
    void rowsOfATableThatStaysRefusedAreNotDroppedSilently() throws Exception {
        Changes item = Changes.of("item");
        HudiTables.of(layout(Map.of("buckets", "7"))).open(item.table(), TableSchema.of(item.schema()), Set.of());
        EventSource.Script script = new EventSource.Script(List.of(item.upsert(1, 1, "a", "b")), 1);
        assertThatThrownBy(() -> environment(script, 1, Map.of(), Map.of("restart-strategy.type", "none"))
                        .execute())
                .rootCause()
                .hasMessageContaining("rows of [shop.public.item] could not be written")
                .hasMessageContaining("number of buckets 7");
    }

    private void run(EventSource.Script script, int parallelism, Map<String, String> lakeOptions) throws Exception {
        environment(script, parallelism, lakeOptions, Map.of()).execute();
    }

    private StreamExecutionEnvironment environment(
            EventSource.Script script, int parallelism, Map<String, String> lakeOptions, Map<String, String> options) {
        Map<String, String> flink = new HashMap<>(Map.of(
                "execution.checkpointing.interval", "100 ms",
                "restart-strategy.type", "fixed-delay",
                "restart-strategy.fixed-delay.delay", "10 ms",
                "restart-strategy.fixed-delay.attempts", "2"));
        flink.putAll(options);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, Configuration.fromMap(flink));
        env.getConfig().disableGenericTypes();
        LakeSink.attach(script.attach(env), config(lakeOptions));
        return env;
    }

    private TributaryConfig config(Map<String, String> lakeOptions) {
        Map<String, String> options = new HashMap<>(lakeOptions);
        options.put("path", lake.toUri().toString());
        return new TributaryConfig(Map.of("Lake", Configuration.fromMap(options)));
    }

    private TableLayout layout(Map<String, String> lakeOptions) {
        return new TableLayout(config(lakeOptions));
    }

    private StoredTable stored(String table) {
        return new StoredTable(lake.toUri() + "/" + table);
    }

    private static List<ChangeEvent> recorded(String name) {
        Recording recording = Recording.bundled(name);
        EventReader reader = new EventReader(new RecordedDecoder(recording), table -> null);
        Outcomes outcomes = new Outcomes();
        for (String topic : recording.tables()) {
            for (RawRecord record : recording.messages(topic)) {
                reader.read(record, outcomes);
            }
        }
        return outcomes.changes();
    }

    private void assertTablesAre(List<ChangeEvent> events) throws Exception {
        Map<String, FoldedTable> expected = new TreeMap<>();
        for (ChangeEvent event : events) {
            expected.computeIfAbsent(event.table().fullName(), name -> new FoldedTable())
                    .apply(event);
        }
        for (Map.Entry<String, FoldedTable> table : expected.entrySet()) {
            assertIs(table.getKey(), table.getValue());
        }
        // The lease is given back just after the job has ended.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            try (var directories = Files.list(lake)) {
                assertThat(directories.map(path -> path.getFileName().toString()))
                        .hasSameElementsAs(expected.keySet());
            }
        });
    }

    private void assertIs(String name, FoldedTable expected) throws IOException {
        StoredTable table = stored(name);
        assertThat(table.pendingInstants()).as(name).isEmpty();
        Map<String, StoredTable.Row> rows = new TreeMap<>();
        for (StoredTable.Row row : table.rows()) {
            assertThat(rows.put(row.key(), row))
                    .as("%s key %s again", name, row.key())
                    .isNull();
        }
        assertThat(table.live().keySet()).as(name).isEqualTo(expected.live().keySet());
        assertThat(rows.keySet()).as(name).isEqualTo(expected.all().keySet());
        expected.all().forEach((key, values) -> {
            Map<String, Object> stored = rows.get(key).values();
            stored.forEach((column, value) -> {
                if (!column.startsWith("_")) {
                    assertThat(comparable(value))
                            .as("%s %s.%s", name, key, column)
                            .isEqualTo(comparable(values.get(column)));
                }
            });
            assertThat(stored.keySet()).containsAll(values.keySet());
            assertThat(stored.get("__rescued_data")).isNull();
        });
    }

    /** @return whole numbers as one type, decimals without regard to their scale: columns get wider */
    private static Object comparable(Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value;
    }
}
