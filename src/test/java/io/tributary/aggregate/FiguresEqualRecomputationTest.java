package io.tributary.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.runtime.state.StateBackend;

/**
 * Whatever happens to sales, however it arrives, and in how many subtasks: the figures are those of the rows as they are
 * in the end.
 */
class FiguresEqualRecomputationTest {
    private static final long EPOCH = Sales.at("00:00");
    private static final String[] COUNTRIES = {"India", "China", "Mexico"};
    private static final String[] WINDOWS = {"sliding", "tumbling", "total"};

    private static final int[] PARALLELISMS = {1, 2, 4};

    /** What happens to a sale; a refund is a negative amount. */
    enum What {
        CHANGED,
        READ,
        DELETED
    }

    /** One step in the life of a sale. */
    record Step(int sale, int country, int cents, int minute, What what) {}

    @Provide
    Arbitrary<List<Step>> lives() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, COUNTRIES.length - 1),
                        Arbitraries.integers().between(-1000, 1000),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.of(What.CHANGED, What.CHANGED, What.READ, What.DELETED))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Property(tries = 400)
    void finalFiguresEqualThoseOfTheFinalRows(
            @ForAll("lives") List<Step> life,
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 2) int window,
            @ForAll @IntRange(min = 0, max = 1) int interval)
            throws Exception {
        String emitInterval = interval == 0 ? "0" : "1 min";
        assertFigures(
                Sales.spec("window", WINDOWS[window], "emit.interval", emitInterval, "out.of.orderness", "0 s"),
                life,
                seed,
                null);
    }

    /** Few, with few restarts, as a database is opened for each subtask. */
    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE)
    void soAreThoseInRocksDb(
            @ForAll("lives") List<Step> life, @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int window)
            throws Exception {
        assertFigures(
                Sales.spec("window", WINDOWS[window], "out.of.orderness", "0 s"), life, seed, SalePipeline.rocksDb());
    }

    private static void assertFigures(AggregateSpec spec, List<Step> life, long seed, StateBackend backend)
            throws Exception {
        Random random = new Random(seed);
        List<RowChange> changes = changes(life);
        List<RowChange> delivered = new ArrayList<>(changes);
        changes.stream().filter(change -> random.nextInt(4) == 0).forEach(delivered::add);
        Collections.shuffle(delivered, random);
        try (SalePipeline pipeline = new SalePipeline(spec, backend)) {
            long watermark = EPOCH;
            long now = 0;
            for (RowChange change : delivered) {
                pipeline.sale(change);
                switch (random.nextInt(backend == null ? 6 : 24)) {
                    case 0 -> pipeline.restart(PARALLELISMS[random.nextInt(PARALLELISMS.length)]);
                    case 1 -> pipeline.watermark(watermark += random.nextInt(20) * 60_000L);
                    case 2 -> pipeline.processingTime(now += random.nextInt(90_000));
                    default -> {}
                }
            }
            pipeline.watermark(Long.MAX_VALUE);
            assertThat(pipeline.topic()).isEqualTo(recomputed(spec, life));
            assertThat(pipeline.letters()).isEmpty();
        }
    }

    /** At least once: figures that were sent after the checkpoint are in the topic, and the state does not know. */
    @Property(tries = 300)
    void finalFiguresSurviveACrash(@ForAll("lives") List<Step> life, @ForAll long seed) throws Exception {
        Random random = new Random(seed);
        AggregateSpec spec = Sales.spec("window", WINDOWS[random.nextInt(WINDOWS.length)]);
        List<RowChange> changes = changes(life);
        int checkpointAt = random.nextInt(changes.size());
        int crashAt = checkpointAt + random.nextInt(changes.size() - checkpointAt);
        try (SalePipeline pipeline = new SalePipeline(spec)) {
            long now = 0;
            for (int i = 0; i <= crashAt; i++) {
                if (i == checkpointAt) {
                    pipeline.checkpoint();
                }
                pipeline.sale(changes.get(i));
                pipeline.processingTime(now += random.nextInt(90_000));
            }
            pipeline.crash();
            for (RowChange change : changes.subList(checkpointAt, changes.size())) {
                pipeline.sale(change);
                pipeline.processingTime(now += random.nextInt(90_000));
            }
            pipeline.watermark(Long.MAX_VALUE);
            assertThat(pipeline.topic()).isEqualTo(recomputed(spec, life));
        }
    }

    private static List<RowChange> changes(List<Step> life) {
        List<RowChange> changes = new ArrayList<>();
        for (int i = 0; i < life.size(); i++) {
            Step step = life.get(i);
            String key = "" + step.sale();
            BigDecimal amount = BigDecimal.valueOf(step.cents(), 2);
            String country = COUNTRIES[step.country()];
            changes.add(
                    switch (step.what()) {
                        case DELETED -> Sales.delete(key, i);
                        case READ -> Sales.read(key, i, country, amount.toString(), time(step));
                        case CHANGED -> Sales.put(key, i, country, amount.toString(), time(step));
                    });
        }
        return changes;
    }

    private static Map<String, String> recomputed(AggregateSpec spec, List<Step> life) {
        Map<Integer, Step> rows = new HashMap<>();
        life.forEach(step -> rows.put(step.sale(), step));
        Map<String, long[]> sums = new TreeMap<>();
        Map<String, long[]> places = new HashMap<>();
        for (Step row : rows.values()) {
            if (row.what() != What.DELETED) {
                for (long start : spec.windows().startsOf(time(row))) {
                    String place = row.country() + "@" + start;
                    places.put(place, new long[] {row.country(), start});
                    long[] sum = sums.computeIfAbsent(place, any -> new long[2]);
                    sum[0] += row.cents();
                    sum[1]++;
                }
            }
        }
        Map<String, String> expected = new TreeMap<>();
        sums.forEach((place, sum) -> {
            String group = "\"country\":\"" + COUNTRIES[(int) places.get(place)[0]] + "\"";
            Figures figures = new Figures(BigDecimal.valueOf(sum[0], 2), sum[1], BigDecimal.ZERO);
            Result result = Result.of(group, figures, false, spec.windows(), places.get(place)[1]);
            expected.put(result.key(), result.value());
        });
        return expected;
    }

    private static long time(Step step) {
        return EPOCH + step.minute() * 60_000L;
    }
}
