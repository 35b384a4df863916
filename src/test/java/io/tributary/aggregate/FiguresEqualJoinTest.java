package io.tributary.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.flink.runtime.state.StateBackend;

/** With dimensions that move the sales already counted, the figures are those of a join over the rows as they are. */
class FiguresEqualJoinTest {
    private static final String[] TABLES = {"sale", "event", "category", "venue"};

    /** A change of a row; one in five is a delete. */
    record Step(int table, int key, int first, int second, int dice) {
        boolean isDelete() {
            return dice == 0;
        }
    }

    @Provide
    Arbitrary<List<Step>> lives() {
        return steps().list().ofMinSize(1).ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Step>> longLives() {
        return steps().list().ofSize(40);
    }

    private static Arbitrary<Step> steps() {
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(2, 1), Tuple.of(1, 2), Tuple.of(1, 3)),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 4))
                .as(Step::new);
    }

    @Property(tries = 300)
    void finalFiguresEqualTheJoin(@ForAll("lives") List<Step> life, @ForAll long seed, @ForAll boolean truncate)
            throws Exception {
        assertFigures(life, seed, truncate, null);
    }

    /** Few, with few restarts, as a database is opened for each operator. */
    @Property(tries = 4, edgeCases = EdgeCasesMode.NONE)
    void soAreThoseInRocksDb(@ForAll("longLives") List<Step> life, @ForAll long seed) throws Exception {
        assertFigures(life, seed, seed % 4 == 0, SalePipeline.rocksDb());
    }

    private static void assertFigures(List<Step> life, long seed, boolean truncate, StateBackend backend)
            throws Exception {
        Random random = new Random(seed);
        AggregateSpec spec = spec();
        int truncateAt = truncate ? random.nextInt(life.size()) : -1;
        String truncated = TABLES[random.nextInt(TABLES.length)];
        try (ShuffledJoin join = new ShuffledJoin(spec, random, backend)) {
            long now = 0;
            for (int i = 0; i < life.size(); i++) {
                Step step = life.get(i);
                join.arrives(TABLES[step.table()], change(step, i));
                if (random.nextInt(5) == 0) {
                    join.arrives(TABLES[step.table()], change(step, i));
                }
                if (i == truncateAt) {
                    join.truncate(truncated, Sales.position(i) + "t");
                }
                for (int steps = random.nextInt(6); steps > 0; steps--) {
                    join.step();
                }
                switch (random.nextInt(backend == null ? 10 : 40)) {
                    case 0 -> join.restart();
                    case 1 -> join.processingTime(now += random.nextInt(900_000));
                    default -> {}
                }
            }
            join.watermark(Long.MAX_VALUE);
            assertThat(join.topic()).isEqualTo(joined(spec, life, truncateAt, truncated));
        }
    }

    /** What is read again after a crash meets other dimension rows than it met before. */
    @Property(tries = 150)
    void finalFiguresSurviveACrash(@ForAll("longLives") List<Step> life, @ForAll long seed) throws Exception {
        Random random = new Random(seed);
        AggregateSpec spec = spec();
        int checkpointAt = random.nextInt(life.size() / 2);
        int crashAt = checkpointAt + random.nextInt(life.size() / 2);
        int truncateAt = random.nextInt(life.size());
        String truncated = TABLES[random.nextInt(TABLES.length)];
        try (ShuffledJoin join = new ShuffledJoin(spec, random, null)) {
            boolean crashed = false;
            long now = 0;
            for (int i = 0; i < life.size(); i++) {
                if (i == checkpointAt && !crashed) {
                    join.checkpoint();
                }
                Step step = life.get(i);
                join.arrives(TABLES[step.table()], change(step, i));
                if (i == truncateAt) {
                    join.truncate(truncated, Sales.position(i) + "t");
                }
                for (int steps = random.nextInt(20); steps > 0; steps--) {
                    join.step();
                }
                if (!crashed && random.nextInt(4) == 0) {
                    join.processingTime(now += random.nextInt(900_000));
                }
                if (i == crashAt && !crashed) {
                    crashed = true;
                    join.crash();
                    i = checkpointAt - 1;
                }
            }
            join.watermark(Long.MAX_VALUE);
            assertThat(join.topic()).isEqualTo(joined(spec, life, truncateAt, truncated));
        }
    }

    /** An event changes its category, not its venue: its new version reaches the venue before the old one leaves it. */
    @Example
    void aVersionThatOvertakesTheLeavingOfTheOneBeforeStays() throws Exception {
        List<Step> life = List.of(
                new Step(1, 3, 0, 0, 1),
                new Step(2, 0, 0, 0, 1),
                new Step(0, 0, 0, 0, 0),
                new Step(0, 0, 0, 0, 0),
                new Step(0, 0, 0, 0, 1),
                new Step(1, 3, 1, 0, 1),
                new Step(0, 0, 0, 0, 0),
                new Step(0, 0, 0, 0, 0),
                new Step(0, 0, 0, 0, 0),
                new Step(0, 3, 1, 1, 2),
                new Step(0, 1, 0, 2, 2),
                new Step(0, 1, 3, 0, 4));
        finalFiguresEqualTheJoin(life, -94441L, false);
    }

    private static AggregateSpec spec() {
        return Sales.spec(
                "window", "total",
                "group.by", "category.catname, venue.city",
                "dimension.event", "shop.public.event on eventid",
                "dimension.category", "shop.public.category on event.catid",
                "dimension.venue", "shop.public.venue on event.venueid",
                "emit.interval", "0");
    }

    private static RowChange change(Step step, int position) {
        String key = "" + step.key();
        if (step.isDelete()) {
            return Sales.delete(key, position);
        }
        return switch (TABLES[step.table()]) {
            case "sale" ->
                DimensionsTest.row(key, position, new BigDecimal(step.second()), null, null, null, null, event(step));
            case "event" -> DimensionsTest.row(key, position, null, null, "" + step.first(), "" + step.second());
            default -> DimensionsTest.row(key, position, "name" + step.first());
        };
    }

    /** @return the key of the sale's event; sometimes none */
    private static String event(Step step) {
        return step.dice() == 1 ? null : "" + step.first();
    }

    private static Map<String, String> joined(AggregateSpec spec, List<Step> life, int truncateAt, String truncated) {
        Map<String, Map<String, Step>> rows = new HashMap<>();
        for (String table : TABLES) {
            rows.put(table, new HashMap<>());
        }
        for (int i = 0; i < life.size(); i++) {
            Step step = life.get(i);
            Map<String, Step> table = rows.get(TABLES[step.table()]);
            if (step.isDelete()) {
                table.remove("" + step.key());
            } else {
                table.put("" + step.key(), step);
            }
            if (i == truncateAt) {
                rows.get(truncated).clear();
            }
        }
        Map<String, Figures> sums = new TreeMap<>();
        for (Step sale : rows.get("sale").values()) {
            Step event = rows.get("event").get(event(sale));
            Step category = event == null ? null : rows.get("category").get("" + event.first());
            Step venue = event == null ? null : rows.get("venue").get("" + event.second());
            String group = "\"catname\":\"" + name(category) + "\",\"city\":\"" + name(venue) + "\"";
            sums.merge(group, Figures.ofRow(new BigDecimal(sale.second()), null), Figures::plus);
        }
        Map<String, String> expected = new TreeMap<>();
        sums.forEach((group, figures) -> {
            Result result = Result.of(group, figures, false, spec.windows(), 0);
            expected.put(result.key(), result.value());
        });
        return expected;
    }

    private static String name(Step row) {
        return row == null ? "unknown" : "name" + row.first();
    }
}
