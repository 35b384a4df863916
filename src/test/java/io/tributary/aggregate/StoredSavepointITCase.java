package io.tributary.aggregate;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.debezium.ChangeEvent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A savepoint that an earlier version took of two aggregates with dimensions, a total and windows of a day: this version
 * restores it, in either state backend and in more subtasks, and corrects what it remembers. Where it is missing it is
 * written by {@code mvn test -Dtest=StoredSavepointITCase -Dtributary.write-state=true}; a version whose state is another
 * adds a folder, and goes on restoring the older ones.
 */
class StoredSavepointITCase {
    private static final Path SAVEPOINT = Path.of("src", "test", "resources", "state", "savepoint-1");
    private static final boolean WRITE = Boolean.getBoolean("tributary.write-state");
    private static final String DAY_1 = "2022-07-25";
    private static final String DAY_2 = "2022-07-26";
    private static final int BEFORE_TRUNCATE = 1;
    /** The last figures by the text of their key. */
    private static final Map<String, String> FIGURES = new ConcurrentHashMap<>();

    @TempDir
    Path directory;

    @ParameterizedTest(name = "in {0} at parallelism {1}")
    @CsvSource({"hashmap, 1", "rocksdb, 3"})
    void whatASavepointRemembersIsCorrected(String backend, int parallelism) throws Exception {
        Configuration flink = new Configuration();
        flink.setString("state.backend.type", backend);
        flink.setString("execution.state-recovery.path", SAVEPOINT.toUri().toString());
        Shop shop = new Shop();
        changesBefore(shop);
        job(new Events(changesAfter(shop), false), parallelism, flink).execute();
        Map<String, String> expected = new HashMap<>();
        for (String day : new String[] {null, DAY_1}) {
            put(expected, "Opera", day, "13.20", 3);
            put(expected, "Jazz", day, "0.00", 0);
            put(expected, "Blues", day, "2.20", 1);
        }
        put(expected, "Opera", DAY_2, "0.00", 0);
        assertThat(FIGURES).isEqualTo(expected);
    }

    @Test
    void theSavepointIsWrittenWhereItIsMissing() throws Exception {
        assumeTrue(WRITE && !Files.exists(SAVEPOINT), "only with -Dtributary.write-state=true");
        Configuration flink = new Configuration();
        flink.setString("state.storage.fs.memory-threshold", "1 mb");
        Events events = new Events(changesBefore(new Shop()), true);
        JobClient job = job(events, 1, flink).executeAsync();
        await().until(() -> Events.allSent);
        String taken = job.triggerSavepoint(directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(60, SECONDS);
        job.cancel().get(60, SECONDS);
        Files.createDirectories(SAVEPOINT);
        Files.copy(Path.of(URI.create(taken)).resolve("_metadata"), SAVEPOINT.resolve("_metadata"));
    }

    /** Rows that count, one that waits for its event, and some that are gone. */
    private static List<ChangeEvent> changesBefore(Shop shop) {
        shop.sale(99, 10, "99.00", DAY_1);
        shop.truncateSales();
        shop.category(1, "Opera");
        shop.category(2, "Jazz");
        shop.event(10, 1);
        shop.event(11, 2);
        shop.sale(1, 10, "1.10", DAY_1);
        shop.sale(2, 11, "2.20", DAY_1);
        shop.sale(3, 10, "3.30", DAY_2);
        shop.deleteSale(4);
        shop.sale(5, 12, "5.50", DAY_1);
        return shop.take();
    }

    /** The event, another name, another amount, another day; and what was truncated and deleted is sent again. */
    private static List<ChangeEvent> changesAfter(Shop shop) {
        shop.again(BEFORE_TRUNCATE, 98, 10, "98.00", DAY_1);
        shop.again(BEFORE_TRUNCATE + 2, 4, 10, "4.40", DAY_1);
        shop.event(12, 1);
        shop.category(2, "Blues");
        shop.sale(1, 10, "4.40", DAY_1);
        shop.sale(3, 10, "3.30", DAY_1);
        return shop.take();
    }

    /** @param day null for the total */
    private static void put(Map<String, String> expected, String category, String day, String sales, int orders) {
        String group = "{\"catname\":\"" + category + "\"";
        String figures = ",\"sales\":\"" + sales + "\",\"orders\":" + orders;
        if (day == null) {
            expected.put(group + "}", group + figures + "}");
        } else {
            String start = ",\"start\":\"" + day + "T00:00:00Z\"";
            String end = ",\"end\":\"" + LocalDate.parse(day).plusDays(1) + "T00:00:00Z\"";
            expected.put(group + start + "}", group + figures + start + end + "}");
        }
    }

    private static StreamExecutionEnvironment job(Events events, int parallelism, Configuration flink) {
        FIGURES.clear();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
        env.setMaxParallelism(8);
        env.getConfig().disableGenericTypes();
        DataStream<ChangeEvent> changes =
                env.addSource(events, ChangeEvent.TYPE).uid("events");
        for (String window : new String[] {"total", "tumbling"}) {
            Aggregates.branch(changes, spec(window), true)
                    .results()
                    .map(StoredSavepointITCase::kept)
                    .returns(Result.TYPE)
                    .uid("kept-" + window)
                    .sinkTo(new DiscardingSink<>())
                    .uid("nowhere-" + window);
        }
        return env;
    }

    /** Whatever the clock says when it is restored, rows wait, and what is gone is known to be. */
    private static AggregateSpec spec(String window) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "table", "shop.public.sale",
                "amount", "amount",
                "time", "soldat",
                "group.by", "category.catname",
                "dimension.event", "shop.public.event on eventid",
                "dimension.category", "shop.public.category on event.catid",
                "dimension.wait", "36500 d",
                "retention", "36500 d",
                "emit.interval", "0",
                "output", "figures"));
        settings.put("window", window);
        settings.put("window.size", "1 d");
        return AggregateSpec.of(window, Configuration.fromMap(settings));
    }

    private static Result kept(Result result) {
        FIGURES.put(result.key(), result.value());
        return result;
    }

    /** Sends changes, and ends, or goes on without sending any. */
    @SuppressWarnings("deprecation") // the newer sources have no hook behind the last record
    private static final class Events implements SourceFunction<ChangeEvent> {
        private static final long serialVersionUID = 1L;
        private static List<ChangeEvent> changes;
        private static volatile boolean allSent;

        private final boolean goesOn;
        private volatile boolean cancelled;

        private Events(List<ChangeEvent> toSend, boolean goesOn) {
            changes = toSend;
            allSent = false;
            this.goesOn = goesOn;
        }

        @Override
        public void run(SourceContext<ChangeEvent> context) throws Exception {
            synchronized (context.getCheckpointLock()) {
                changes.forEach(context::collect);
                allSent = true;
                while (goesOn && !cancelled) {
                    context.getCheckpointLock().wait(100);
                }
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
