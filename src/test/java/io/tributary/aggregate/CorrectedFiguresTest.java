package io.tributary.aggregate;

import static io.tributary.aggregate.Sales.at;
import static io.tributary.aggregate.Sales.delete;
import static io.tributary.aggregate.Sales.position;
import static io.tributary.aggregate.Sales.put;
import static io.tributary.aggregate.Sales.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;
import io.tributary.row.Values;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrectedFiguresTest {
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void aSaleCountsInItsWindowAndIsSentOncePerInterval() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec())) {
            pipeline.sale(put("1", 1, "India", "30.95", "14:21"));
            pipeline.sale(put("2", 2, "India", "3.00", "14:22"));
            assertThat(pipeline.sent()).isEmpty();
            pipeline.processingTime(60_000);
            assertThat(pipeline.sent())
                    .containsExactly("{\"country\":\"India\",\"sales\":\"33.95\",\"orders\":2,"
                            + "\"start\":\"2022-07-25T14:20:00Z\",\"end\":\"2022-07-25T14:30:00Z\"}");
            pipeline.processingTime(600_000);
            pipeline.watermark(at("14:30"));
            assertThat(pipeline.sent()).as("nothing changed").isEmpty();
        }
    }

    @Test
    void theFinalFigureIsSentAtTheWindowsEndAndACorrectionAfterIt() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec())) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:21"));
            pipeline.watermark(at("14:29:59"));
            assertThat(pipeline.sent()).isEmpty();
            pipeline.watermark(at("14:30") - 1);
            assertThat(pipeline.sent()).singleElement().asString().contains("\"sales\":\"1.00\"");
            pipeline.sale(put("1", 2, "India", "2.00", "14:21"));
            pipeline.processingTime(60_000);
            assertThat(pipeline.sent()).singleElement().asString().contains("\"sales\":\"2.00\",\"orders\":1");
        }
    }

    @Test
    void slidingWindowsCountASaleInEachWindowThatHoldsIt() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("window", "sliding", "emit.interval", "0"))) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:26"));
            assertThat(pipeline.sent())
                    .satisfiesExactlyInAnyOrder(
                            value -> assertThat(value).contains("14:20:00Z\",\"end\":\"2022-07-25T14:30:00Z"),
                            value -> assertThat(value).contains("14:25:00Z\",\"end\":\"2022-07-25T14:35:00Z"));
        }
    }

    @Test
    void aTotalHasNoWindow() throws Exception {
        try (SalePipeline pipeline =
                new SalePipeline(Sales.spec("window", "total", "emit.interval", "0", "quantity", "qty"))) {
            pipeline.sale(put("1", 1, "India", "1.005", null));
            assertThat(pipeline.sent())
                    .containsExactly("{\"country\":\"India\",\"sales\":\"1.01\",\"orders\":1,\"quantity\":0}");
            pipeline.watermark(Long.MAX_VALUE);
            assertThat(pipeline.sent()).isEmpty();
        }
    }

    @Test
    void aTotalThatWasNotYetSentIsSentWhenTheInputEnds() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("window", "total"))) {
            pipeline.sale(put("1", 1, "India", "1", null));
            pipeline.watermark(Long.MAX_VALUE);
            assertThat(pipeline.sent()).containsExactly("{\"country\":\"India\",\"sales\":\"1.00\",\"orders\":1}");
        }
    }

    @Test
    void aSaleThatMovesToAnotherGroupLeavesTheFirstWithZeroOnce() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("emit.interval", "0"))) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:21"));
            pipeline.sent();
            pipeline.sale(put("1", 2, "China", "1.00", "14:21"));
            assertThat(pipeline.sent())
                    .satisfiesExactly(
                            value -> assertThat(value).contains("India", "\"sales\":\"0.00\",\"orders\":0"),
                            value -> assertThat(value).contains("China", "\"sales\":\"1.00\",\"orders\":1"));
        }
    }

    @Test
    void aGroupThatFellToZeroIsForgotten() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("window", "total", "emit.interval", "0"))) {
            pipeline.sale(put("1", 1, "India", "1.00", null));
            pipeline.sale(delete("1", 2));
            assertThat(pipeline.sent()).hasSize(2);
            assertThat(pipeline.topic()).isEmpty();
            pipeline.processingTime(8 * DAY);
            assertThat(pipeline.stateEntries()).isZero();
            assertThat(pipeline.timers()).isZero();
        }
    }

    @Test
    void aWindowThatFellToZeroLeavesNoTimer() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("window", "sliding", "emit.interval", "0"))) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:21"));
            assertThat(pipeline.timers())
                    .as("the row's, and two of each window")
                    .isEqualTo(5);
            pipeline.sale(delete("1", 2));
            pipeline.processingTime(8 * DAY);
            assertThat(pipeline.timers()).isZero();
        }
    }

    /** With this retention the first window closes when the second is complete. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void aWindowThatFellToZeroLeavesTheTimersOfOthers(String deleted) throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("retention", "10 min"))) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:21"));
            pipeline.sale(put("2", 2, "India", "2.00", "14:31"));
            pipeline.sale(delete(deleted, 3));
            pipeline.processingTime(60_000);
            pipeline.sent();
            pipeline.sale(put("3", 4, "India", "3.00", deleted.equals("1") ? "14:32" : "14:22"));
            pipeline.watermark(at("14:40") - 1);
            assertThat(pipeline.sent()).singleElement().asString().contains("\"orders\":2");
            pipeline.watermark(at("14:50") - 1);
            pipeline.processingTime(DAY);
            pipeline.checkpoint();
            assertThat(pipeline.stateEntries()).isZero();
            assertThat(pipeline.timers()).isZero();
        }
    }

    @Test
    void whatComesAndGoesWithinAnIntervalIsNeverSent() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec())) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:21"));
            pipeline.sale(delete("1", 2));
            pipeline.processingTime(60_000);
            pipeline.watermark(at("14:40"));
            assertThat(pipeline.sent()).isEmpty();
        }
    }

    @Test
    void openWindowsAreCountedFromTheFirstFigureToTheLastCorrectionOverRestarts() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec())) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:21"));
            pipeline.sale(put("2", 2, "India", "1.00", "14:22"));
            pipeline.sale(put("3", 3, "China", "1.00", "14:22"));
            pipeline.sale(put("4", 4, "China", "1.00", "14:35"));
            assertThat(pipeline.openWindows()).isEqualTo(3);
            pipeline.restart();
            assertThat(pipeline.openWindows()).isEqualTo(3);
            pipeline.sale(delete("3", 5));
            pipeline.processingTime(60_000);
            assertThat(pipeline.openWindows()).as("no order is left").isEqualTo(2);
            pipeline.watermark(at("14:30") + 400 * DAY);
            assertThat(pipeline.openWindows()).isZero();
        }
    }

    @Test
    void replaysAndOlderChangesChangeNothing() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("emit.interval", "0"))) {
            pipeline.sale(put("1", 5, "India", "5.00", "14:21"));
            pipeline.sent();
            pipeline.sale(put("1", 5, "India", "5.00", "14:21"));
            pipeline.sale(put("1", 4, "China", "4.00", "14:21"));
            pipeline.sale(delete("2", 9));
            pipeline.sale(put("2", 8, "India", "1.00", "14:21"));
            assertThat(pipeline.sent()).isEmpty();
        }
    }

    @Test
    void anUnavailableValueStaysWhatItWas() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("emit.interval", "0"))) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:21"));
            pipeline.sent();
            pipeline.sale(put("1", 2, Values.UNAVAILABLE, "2.00", "14:21"));
            assertThat(pipeline.sent()).singleElement().asString().contains("India", "2.00");
            pipeline.sale(put("2", 3, "India", "1.00", Values.UNAVAILABLE));
            assertThat(pipeline.letters())
                    .singleElement()
                    .extracting(DeadLetter::reason)
                    .isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void aNullAmountIsAnOrderOfNothing() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("emit.interval", "0"))) {
            pipeline.sale(put("1", 1, "India", null, "14:21"));
            assertThat(pipeline.sent()).singleElement().asString().contains("\"sales\":\"0.00\",\"orders\":1");
        }
    }

    @Test
    void aTruncateTakesEverythingBeforeItOut() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("emit.interval", "0"))) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:21"));
            pipeline.sale(put("2", 2, "China", "2.00", "14:21"));
            pipeline.sale(put("3", 20, "China", "3.00", "14:21"));
            pipeline.truncate(position(10));
            pipeline.truncate(position(10));
            pipeline.sale(put("4", 9, "China", "4.00", "14:21"));
            assertThat(pipeline.topic().values()).singleElement().asString().contains("China", "3.00");
            pipeline.restart();
            pipeline.sale(put("5", 9, "China", "5.00", "14:21"));
            assertThat(pipeline.topic().values()).singleElement().asString().contains("China", "3.00");
        }
    }

    @Test
    void aTruncateLeavesNothingOnceTheWindowsAreClosed() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("emit.interval", "0"))) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:21"));
            pipeline.sale(put("2", 2, "China", "2.00", "14:21"));
            pipeline.truncate(position(10));
            pipeline.checkpoint();
            assertThat(pipeline.stateEntries()).isZero();
            pipeline.watermark(at("14:30") + 7 * DAY);
            assertThat(pipeline.timers()).isZero();
        }
    }

    @Test
    void snapshotRowsThatAreLeftOutCountFromTheirNextChangeOn() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("emit.interval", "0", "include.snapshot", "false"))) {
            pipeline.sale(read("1", 1, "India", "1.00", "14:21"));
            assertThat(pipeline.sent()).isEmpty();
            pipeline.sale(put("1", 2, "India", "2.00", "14:21"));
            assertThat(pipeline.sent()).singleElement().asString().contains("\"sales\":\"2.00\",\"orders\":1");
        }
    }

    @Test
    void whatComesAfterTheRetentionIsADeadLetterAndChangesNothing() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("emit.interval", "0", "retention", "1 h"))) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:21"));
            pipeline.watermark(at("15:30") - 2);
            pipeline.sale(put("2", 2, "India", "1.00", "14:22"));
            assertThat(pipeline.sent()).hasSize(2);
            pipeline.watermark(at("15:30") - 1);
            pipeline.sale(put("3", 3, "India", "1.00", "14:22"));
            assertThat(pipeline.sent()).isEmpty();
            assertThat(pipeline.letters()).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo(Reason.LATE);
                assertThat(letter.stage()).isEqualTo(Stage.AGGREGATE);
                assertThat(letter.message()).contains("Aggregate.test", "shop.public.sale[0]@3", "retention");
            });
        }
    }

    @Test
    void aRestartDoesNotOpenAClosedWindowAgain() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("emit.interval", "0", "retention", "1 h"))) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:21"));
            pipeline.sale(put("2", 2, "India", "1.00", "14:22"));
            pipeline.watermark(at("15:30"));
            pipeline.sent();
            pipeline.restart();
            pipeline.sale(put("3", 3, "India", "1.00", "14:22"));
            assertThat(pipeline.sent()).isEmpty();
            assertThat(pipeline.letters())
                    .singleElement()
                    .extracting(DeadLetter::reason)
                    .isEqualTo(Reason.LATE);
        }
    }

    /** 1, 2, 4, 1 subtasks; each time rows, windows, lateness and truncates go to where the keys are now. */
    @Test
    void figuresStayRightWhereTheParallelismChanges() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("retention", "1 h"))) {
            pipeline.truncate(position(1));
            int[] parallelisms = {1, 2, 4, 1};
            for (int round = 0; round < parallelisms.length; round++) {
                pipeline.restart(parallelisms[round]);
                for (int sale = 0; sale < 20; sale++) {
                    long position = 10L + 20 * round + sale;
                    pipeline.sale(put("" + sale, position, "country" + (sale + round) % 7, round + ".50", "14:21"));
                    pipeline.sale(put("before" + sale, 0, "country0", "100", "14:21"));
                }
                pipeline.watermark(at("14:30") + round);
            }
            pipeline.processingTime(60_000);
            assertThat(pipeline.topic()).hasSize(7);
            assertThat(pipeline.topic().values())
                    .allMatch(value -> value.matches(".*\"sales\":\"(10.50\",\"orders\":3|7.00\",\"orders\":2),.*"));
            pipeline.watermark(at("15:30"));
            pipeline.restart(4);
            for (int sale = 0; sale < 20; sale++) {
                pipeline.sale(put("late" + sale, 1000L, "country" + sale, "1.00", "14:21"));
            }
            assertThat(pipeline.letters()).hasSize(20);
            pipeline.processingTime(DAY);
            assertThat(pipeline.stateEntries()).isZero();
        }
    }

    /** A refund: its amount is negative, and the figure may be. */
    @Test
    void aNegativeAmountIsAnOrderThatTakesAway() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("emit.interval", "0"))) {
            pipeline.sale(put("1", 1, "India", "1.00", "14:21"));
            pipeline.sale(put("2", 2, "India", "-3.005", "14:22"));
            pipeline.sale(put("3", 3, "India", "2.005", "14:23"));
            assertThat(pipeline.sent())
                    .satisfiesExactly(
                            value -> assertThat(value).contains("\"sales\":\"1.00\",\"orders\":1"),
                            value -> assertThat(value).contains("\"sales\":\"-2.01\",\"orders\":2"),
                            value -> assertThat(value).contains("\"sales\":\"0.00\",\"orders\":3"));
            pipeline.sale(delete("2", 4));
            assertThat(pipeline.sent()).singleElement().asString().contains("\"sales\":\"3.01\",\"orders\":2");
        }
    }

    @Test
    void aSaleThatMovesBeforeTheRetentionIsTakenOut() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("emit.interval", "0", "retention", "1 h"))) {
            pipeline.sale(put("1", 1, "India", "1.00", "18:21"));
            pipeline.watermark(at("18:00"));
            pipeline.sent();
            pipeline.sale(put("1", 2, "India", "1.00", "14:22"));
            assertThat(pipeline.sent()).singleElement().asString().contains("18:20:00Z", "\"orders\":0");
            assertThat(pipeline.letters()).hasSize(1);
        }
    }

    @Test
    void nothingIsLeftAfterTheRetention() throws Exception {
        try (SalePipeline pipeline = new SalePipeline(Sales.spec("window", "sliding"))) {
            for (int i = 0; i < 50; i++) {
                pipeline.sale(put("" + i, i, "country" + i % 7, "1.00", at("14:00") + i * 60_000L));
            }
            pipeline.sale(delete("7", 100));
            pipeline.sale(delete("unknown", 101));
            pipeline.sale(put("8", 102, "elsewhere", "1.00", "20:00"));
            assertThat(pipeline.stateEntries()).isPositive();
            pipeline.restart();
            pipeline.watermark(at("20:10") + 7 * DAY);
            pipeline.processingTime(7 * DAY + 60_000);
            pipeline.checkpoint();
            assertThat(pipeline.stateEntries()).isZero();
            assertThat(pipeline.timers()).isZero();
        }
    }
}
