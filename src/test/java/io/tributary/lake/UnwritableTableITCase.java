package io.tributary.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;
import io.tributary.debezium.ChangeEvent;
import io.tributary.lake.commit.HudiTables;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.write.TableLayout;
import io.tributary.local.job.MetricStore;
import io.tributary.metrics.MetricNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of two tables cannot be written, for real: the other goes on, and the first one too when it is mended, without a restart. */
class UnwritableTableITCase {
    private static final String ITEM = "shop.public.item";
    private static final String SALE = "shop.public.sale";
    private static final int CHUNKS = 5;
    private static final int EVENTS = 200;
    private static final ConcurrentLinkedQueue<DeadLetter> LETTERS = new ConcurrentLinkedQueue<>();

    @TempDir
    Path lake;

    private final Changes item = Changes.of("item");
    private final Changes sale = Changes.of("sale");
    private final MetricStore metrics = new MetricStore();

    /** What is wrong with the table; all but the first have it exist before. */
    private enum Cause {
        A_FILE_IN_PLACE_OF_ITS_DIRECTORY(false) {
            @Override
            Runnable breakTable(Path table) throws IOException {
                Files.writeString(table, "not a directory");
                return () -> delete(table);
            }
        },
        GARBAGE_IN_ITS_PROPERTIES(true) {
            @Override
            Runnable breakTable(Path table) throws IOException {
                FileUtil.fullyDelete(
                        table.resolve(".hoodie/hoodie.properties.backup").toFile());
                return replace(table.resolve(".hoodie/hoodie.properties"), "hoodie.table.name=\u0000\u0001garbage\n");
            }
        },
        MADE_WITH_ANOTHER_KEY(false) {
            @Override
            Runnable breakTable(Path table) throws IOException {
                Changes other = Changes.of("item", "code \"int\"", "name " + Changes.NULLABLE_TEXT);
                HudiTables.of(layout(table.getParent(), Map.of()))
                        .open(other.table(), TableSchema.of(other.schema()), Set.of());
                return () -> FileUtil.fullyDelete(table.toFile());
            }
        },
        A_GARBAGE_COMMIT_ON_ITS_TIMELINE(true) {
            @Override
            Runnable breakTable(Path table) throws IOException {
                Path commit = table.resolve(".hoodie/29990101000000000.commit");
                Files.writeString(commit, "{\"partitionToWriteStats\": garbage");
                return () -> delete(commit);
            }
        },
        A_FILE_IN_PLACE_OF_ITS_PARTITION(false) {
            @Override
            Runnable breakTable(Path table) throws IOException {
                Changes made = Changes.of("item");
                HudiTables.of(layout(table.getParent(), Map.of()))
                        .open(made.table(), TableSchema.of(made.schema()), Set.of());
                Path partition = table.resolve("__table=item");
                Files.writeString(partition, "not a directory");
                return () -> delete(partition);
            }
        },
        A_BROKEN_BASE_FILE(true) {
            @Override
            Runnable breakTable(Path table) throws IOException {
                try (var files = Files.walk(table)) {
                    List<Runnable> mends = new ArrayList<>();
                    for (Path file : files.filter(file -> file.toString().endsWith(".parquet"))
                            .toList()) {
                        mends.add(replace(file, "PAR1 and then nothing that a reader knows"));
                    }
                    return () -> mends.forEach(Runnable::run);
                }
            }
        };

        private final boolean exists;

        Cause(boolean exists) {
            this.exists = exists;
        }

        /** @return what mends it */
        abstract Runnable breakTable(Path table) throws IOException;

        private static Runnable replace(Path file, String text) throws IOException {
            byte[] before = Files.readAllBytes(file);
            Files.writeString(file, text);
            return () -> {
                try {
                    Files.write(file, before);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
        }

        private static void delete(Path file) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void noLetters() {
        LETTERS.clear();
    }

    @AfterEach
    void closeMetrics() {
        metrics.close();
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void itsRowsAreHeldAndComeInWhenItIsMended(Cause cause) throws Exception {
        List<ChangeEvent> events = events();
        Runnable mend = broken(cause, events);
        int before = commits(SALE);
        EventSource.Script script = new EventSource.Script(events, CHUNKS).beforeChunk(3, () -> {
            await().atMost(Duration.ofSeconds(60)).until(() -> commits(SALE) > before);
            await().atMost(Duration.ofSeconds(60)).until(() -> metrics.sum(ITEM, MetricNames.UNWRITABLE) > 0);
            assertThat(metrics.sum(SALE, MetricNames.UNWRITABLE)).isZero();
            mend.run();
        });
        run(script, "hold");
        assertThat(LETTERS).isEmpty();
        assertAllIsThere();
        assertThat(metrics.sum(ITEM, MetricNames.UNWRITABLE)).isZero();
        assertThat(stored(ITEM).pendingInstants()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"GARBAGE_IN_ITS_PROPERTIES", "A_FILE_IN_PLACE_OF_ITS_PARTITION"})
    void itsRowsBecomeDeadLettersThatCanBeSentInAgain(Cause cause) throws Exception {
        List<ChangeEvent> events = events();
        Runnable mend = broken(cause, events);
        run(new EventSource.Script(events, CHUNKS), "dead-letter");
        Set<Long> offsets = new HashSet<>();
        for (DeadLetter letter : LETTERS) {
            assertThat(letter.stage()).isEqualTo(Stage.LAKE);
            assertThat(letter.reason()).isEqualTo(Reason.UNWRITABLE_TABLE);
            assertThat(letter.message()).contains("table " + ITEM + " cannot be written");
            assertThat(letter.record().topic()).isEqualTo(ITEM);
            assertThat(offsets.add(letter.record().offset())).isTrue();
        }
        assertThat(offsets)
                .as("each event, also those that a newer one replaced")
                .hasSize(EVENTS);
        assertThat(metrics.sum(ITEM, MetricNames.DEAD_LETTERS + "unwritable-table"))
                .isEqualTo(EVENTS);
        assertThat(stored(SALE).live()).hasSize(EVENTS / 2);
        mend.run();
        List<ChangeEvent> again = events.stream()
                .filter(event -> event.record().topic().equals(ITEM)
                        && offsets.contains(event.record().offset()))
                .toList();
        run(new EventSource.Script(again, 1), "dead-letter");
        assertThat(LETTERS).hasSize(EVENTS);
        assertAllIsThere();
    }

    @Test
    void truncatesOfATableThatCannotBeWrittenAreHeldWithAnyPolicy() throws Exception {
        List<ChangeEvent> events = new ArrayList<>(events());
        events.add(item.truncate(EVENTS / 2));
        Runnable mend = broken(Cause.A_GARBAGE_COMMIT_ON_ITS_TIMELINE, events());
        run(
                new EventSource.Script(events, CHUNKS).beforeChunk(4, () -> {
                    await().atMost(Duration.ofSeconds(60)).until(() -> !LETTERS.isEmpty());
                    mend.run();
                }),
                "dead-letter");
        assertThat(stored(ITEM).live().values())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get("__source_position").toString())
                        .isGreaterThan(Changes.position(EVENTS / 2)));
    }

    /** Every key twice. */
    private List<ChangeEvent> events() {
        List<ChangeEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(item.upsert(i, i % (EVENTS / 2), "item " + i, "x"));
            events.add(sale.upsert(i, i % (EVENTS / 2), "sale " + i, "y"));
        }
        return events;
    }

    private void assertAllIsThere() throws IOException {
        for (String table : List.of(ITEM, SALE)) {
            Map<String, Map<String, Object>> live = stored(table).live();
            assertThat(live).as(table).hasSize(EVENTS / 2);
            live.forEach((key, row) ->
                    assertThat(row.get("name").toString()).endsWith(" " + (Integer.parseInt(key) + EVENTS / 2)));
        }
    }

    /** @return what mends it */
    private Runnable broken(Cause cause, List<ChangeEvent> events) throws Exception {
        if (cause.exists) {
            run(new EventSource.Script(events.subList(0, 40), 1), "hold");
        }
        return cause.breakTable(lake.resolve(ITEM));
    }

    private void run(EventSource.Script script, String policy) throws Exception {
        Configuration flink = Configuration.fromMap(
                Map.of("execution.checkpointing.interval", "100 ms", "restart-strategy.type", "none"));
        metrics.report(flink);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, flink);
        env.getConfig().disableGenericTypes();
        DataStream<DeadLetter> letters =
                LakeSink.attach(script.attach(env), config(lake, Map.of("unwritable.table", policy)));
        letters.map(letter -> {
                    LETTERS.add(letter);
                    return letter;
                })
                .returns(DeadLetter.TYPE)
                .sinkTo(new DiscardingSink<>());
        env.execute();
    }

    private static TributaryConfig config(Path lake, Map<String, String> lakeOptions) {
        Map<String, String> options = new HashMap<>(lakeOptions);
        options.put("path", lake.toUri().toString());
        return new TributaryConfig(Map.of("Lake", Configuration.fromMap(options)));
    }

    private static TableLayout layout(Path lake, Map<String, String> lakeOptions) {
        return new TableLayout(config(lake, lakeOptions));
    }

    private int commits(String table) {
        return Files.exists(lake.resolve(table).resolve(".hoodie"))
                ? stored(table).commits()
                : 0;
    }

    private StoredTable stored(String table) {
        return new StoredTable(lake.toUri() + "/" + table);
    }
}
