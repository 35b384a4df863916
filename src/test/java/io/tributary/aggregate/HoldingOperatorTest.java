package io.tributary.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent is known to a complete checkpoint; nothing of what one knows is lost. */
class HoldingOperatorTest {
    private static final Windows WINDOWS =
            Windows.of(Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofDays(7));

    private KeyedOneInputStreamOperatorTestHarness<String, Result, Result> harness;

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void aResultIsSentWhenACheckpointThatKnowsItIsComplete() throws Exception {
        open(true, null, 0);
        result("India", "14:20", 1);
        assertThat(sent()).isEmpty();
        harness.snapshot(1, 1);
        assertThat(sent()).isEmpty();
        harness.notifyOfCompletedCheckpoint(1);
        assertThat(sent()).containsExactly("India 1");
        harness.snapshot(2, 1);
        harness.notifyOfCompletedCheckpoint(2);
        assertThat(sent()).isEmpty();
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void whatComesAfterTheBarrierWaitsForTheNextOne() throws Exception {
        open(true, null, 0);
        result("India", "14:20", 1);
        harness.snapshot(1, 1);
        result("India", "14:20", 2);
        result("India", "14:20", 3);
        result("China", "14:20", 7);
        harness.notifyOfCompletedCheckpoint(1);
        assertThat(sent()).containsExactly("India 1");
        harness.snapshot(2, 1);
        harness.notifyOfCompletedCheckpoint(2);
        assertThat(sent()).containsExactlyInAnyOrder("India 3", "China 7");
    }

    @Test
    void windowsOfAGroupDoNotStandForEachOther() throws Exception {
        open(true, null, 0);
        result("India", "14:20", 1);
        result("India", "14:30", 2);
        harness.snapshot(1, 1);
        harness.notifyOfCompletedCheckpoint(1);
        assertThat(sent()).containsExactlyInAnyOrder("India 1", "India 2");
    }

    @Test
    void aCheckpointThatFailsOrIsNotHeardOfLeavesItsResultsToTheNext() throws Exception {
        open(true, null, 0);
        result("India", "14:20", 1);
        harness.snapshot(1, 1);
        result("China", "14:20", 2);
        harness.snapshot(2, 1);
        harness.notifyOfCompletedCheckpoint(2);
        assertThat(sent()).containsExactlyInAnyOrder("India 1", "China 2");
    }

    @Test
    void afterARestartWhatTheCheckpointKnowsIsSent() throws Exception {
        open(true, null, 0);
        result("India", "14:20", 1);
        OperatorSubtaskState saved = harness.snapshot(7, 1);
        result("India", "14:20", 2);
        harness.close();
        open(true, saved, 7);
        assertThat(sent()).containsExactly("India 1");
        result("India", "14:20", 3);
        assertThat(sent()).isEmpty();
        harness.snapshot(8, 1);
        harness.notifyOfCompletedCheckpoint(8);
        assertThat(sent()).containsExactly("India 3");
    }

    @Test
    void theEndOfTheInputSendsAll() throws Exception {
        open(true, null, 0);
        result("India", "14:20", 1);
        harness.endInput();
        harness.getOperator().finish();
        assertThat(sent()).containsExactly("India 1");
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void nothingIsHeldForATransactionalSinkButWhatAnotherDeliveryLeftIsSent() throws Exception {
        open(true, null, 0);
        result("India", "14:20", 1);
        OperatorSubtaskState saved = harness.snapshot(7, 1);
        harness.close();
        open(false, saved, 7);
        result("China", "14:20", 2);
        assertThat(sent()).containsExactly("India 1", "China 2");
    }

    private void open(boolean holds, OperatorSubtaskState state, long restored) throws Exception {
        harness = new KeyedOneInputStreamOperatorTestHarness<>(new HoldingOperator(holds), Result::group, Types.STRING);
        harness.getExecutionConfig().disableGenericTypes();
        harness.setup(Result.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        if (state != null) {
            harness.setRestoredCheckpointId(restored);
            harness.initializeState(state);
        }
        harness.open();
    }

    private void result(String country, String start, long orders) throws Exception {
        Figures figures = new Figures(BigDecimal.TEN, orders, BigDecimal.ZERO);
        harness.processElement(new StreamRecord<>(
                Result.of("\"country\":\"" + country + "\"", figures, false, WINDOWS, Sales.at(start))));
    }

    private List<String> sent() {
        List<String> texts = harness.extractOutputValues().stream()
                .map(result -> result.group().split("\"")[3] + " " + result.orders())
                .toList();
        harness.getOutput().clear();
        return texts;
    }
}
