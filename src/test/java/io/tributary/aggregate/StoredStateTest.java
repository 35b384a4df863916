package io.tributary.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.row.Values;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/**
 * State that earlier versions wrote is read by this version. Files that are missing are written with
 * {@code mvn test -Dtest=StoredStateTest -Dtributary.write-state=true}; a version that changes a serializer adds new files
 * and keeps reading the old ones.
 */
class StoredStateTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "state", "aggregate-1");
    private static final boolean WRITE = Boolean.getBoolean("tributary.write-state");
    private static final Duration DAY = Duration.ofDays(1);
    private static final AggregateSpec SPEC = Sales.spec("emit.interval", "0");

    @Test
    void contributionsAreRemembered() throws Exception {
        try (var harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        new ContributionFunction(SPEC), List.of(LatestRowFunction.TRUNCATES)),
                RowChange::key,
                null,
                Types.STRING)) {
            open(harness, "contributions", () -> {
                harness.processElement1(new StreamRecord<>(Sales.put("1", 5, "India", "1.10", "14:21")));
                harness.processElement1(new StreamRecord<>(Sales.put("2", 6, null, null, "14:22")));
                harness.processElement1(new StreamRecord<>(Sales.put("3", 7, 7L, "3", "14:23")));
                harness.processElement1(new StreamRecord<>(Sales.put("4", 8, true, "4", "14:24")));
                harness.processElement1(new StreamRecord<>(Sales.put("5", 9, new BigDecimal("1.5"), "5", "14:25")));
                harness.processElement1(new StreamRecord<>(Sales.put("6", 9, Values.UNAVAILABLE, "6", "14:26")));
                harness.processElement1(new StreamRecord<>(Sales.delete("7", 10)));
                harness.processElement2(new StreamRecord<>(Sales.position(2)));
                harness.processBothWatermarks(new Watermark(Sales.at("14:27")));
            });
            assertThat(harness.numKeyedStateEntries()).isEqualTo(7);
            assertThat(harness.numEventTimeTimers()).isEqualTo(6);
            assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
            for (int key = 1; key <= 6; key++) {
                harness.processElement1(new StreamRecord<>(Sales.delete("" + key, 20)));
            }
            harness.processElement1(new StreamRecord<>(Sales.put("7", 9, "India", "1", "14:21")));
            harness.processElement1(new StreamRecord<>(Sales.put("8", 1, "India", "1", "14:21")));
            assertThat(harness.extractOutputValues())
                    .extracting(delta -> delta.group() + " " + delta.difference())
                    .containsExactly(
                            "\"country\":\"India\" -1.10 in -1 orders, quantity 0",
                            "\"country\":null 0 in -1 orders, quantity 0",
                            "\"country\":7 -3 in -1 orders, quantity 0",
                            "\"country\":true -4 in -1 orders, quantity 0",
                            "\"country\":1.5 -5 in -1 orders, quantity 0",
                            "\"country\":\"unknown\" -6 in -1 orders, quantity 0");
        }
    }

    /** @param file {@code windows} is of the version that remembered which attempt of the job had sent the figures */
    @ParameterizedTest
    @ValueSource(strings = {"windows", "windows-2"})
    void windowsAreRemembered(String file) throws Exception {
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new WindowFunction(SPEC)), Delta::group, Types.STRING)) {
            Figures figures = new Figures(new BigDecimal("33.95"), 5, new BigDecimal("9"));
            open(
                    harness,
                    file,
                    () -> harness.processElement(
                            new StreamRecord<>(new Delta("\"country\":\"India\"", Sales.at("14:21"), figures))));
            Figures one = new Figures(new BigDecimal("-3.95"), -1, BigDecimal.ZERO);
            harness.processElement(new StreamRecord<>(new Delta("\"country\":\"India\"", Sales.at("14:22"), one)));
            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .asString()
                    .contains("\"sales\":\"30.00\",\"orders\":4");
        }
    }

    /** @param file {@code lookup} is of the version that did not know when the source had written a row */
    @ParameterizedTest
    @ValueSource(strings = {"lookup", "lookup-2"})
    void rowsThatWaitAndDimensionRowsAreRemembered(String file) throws Exception {
        AggregateSpec spec =
                Sales.spec("group.by", "event.name", "dimension.event", "s.p.event on eventid", "emit.interval", "0");
        Join join = Node.rootOf(spec).joins().get(0);
        try (var harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(new LookupFunction(spec, join, true)),
                join::keyOf,
                row -> Join.keyOf(row.key()),
                Types.STRING)) {
            open(harness, file, () -> {
                harness.processElement1(new StreamRecord<>(Sales.put("1", 5, null, "1", "14:21", "waits")));
                harness.processElement1(new StreamRecord<>(Sales.put("2", 6, null, "2", "14:21", "known")));
                harness.processElement2(new StreamRecord<>(DimensionsTest.row("known", 1, "Opera")));
            });
            harness.processElement2(new StreamRecord<>(DimensionsTest.row("waits", 1, "Jazz")));
            harness.processElement2(new StreamRecord<>(DimensionsTest.row("known", 2, "Ballet")));
            assertThat(harness.extractOutputValues())
                    .extracting(row -> row.key() + " " + row.value(Slots.GROUP) + " " + (row.record() != null))
                    .containsExactly("1 Jazz true", "2 Ballet false");
        }
    }

    @Test
    void resultsThatAreHeldAreRemembered() throws Exception {
        try (var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(new HoldingOperator(true), Result::group, Types.STRING)) {
            harness.setup(
                    Result.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
            harness.setRestoredCheckpointId(2);
            Figures figures = new Figures(new BigDecimal("33.95"), 5, new BigDecimal("9"));
            open(harness, "held", () -> {
                harness.processElement(new StreamRecord<>(
                        Result.of("\"country\":\"India\"", figures, true, SPEC.windows(), Sales.at("14:20"))));
                harness.processElement(new StreamRecord<>(Result.of("", figures, false, Windows.total(DAY), 0)));
                harness.snapshot(0, 1);
                harness.processElement(
                        new StreamRecord<>(Result.of("", figures.plus(figures), false, Windows.total(DAY), 0)));
            });
            assertThat(harness.extractOutputValues())
                    .extracting(result -> result.key() + " " + result.value())
                    .containsExactlyInAnyOrder(
                            "{\"country\":\"India\",\"start\":\"2022-07-25T14:20:00Z\"}"
                                    + " {\"country\":\"India\",\"sales\":\"33.95\",\"orders\":5,\"quantity\":9,"
                                    + "\"start\":\"2022-07-25T14:20:00Z\",\"end\":\"2022-07-25T14:30:00Z\"}",
                            "{} {\"sales\":\"67.90\",\"orders\":10}");
        }
    }

    private interface Filling {
        void fill() throws Exception;
    }

    /** Opens the harness with the stored state, after storing it if that was asked for. */
    private static void open(AbstractStreamOperatorTestHarness<?> harness, String name, Filling filling)
            throws Exception {
        String file = FOLDER.resolve(name + ".bin").toString();
        if (WRITE && !Files.exists(Path.of(file))) {
            harness.open();
            filling.fill();
            OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), file);
            harness.getOutput().clear();
            throw new TestAbortedException("wrote " + file + "; run the test again");
        } else {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            harness.open();
        }
    }
}
