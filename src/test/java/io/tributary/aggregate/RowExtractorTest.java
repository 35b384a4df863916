package io.tributary.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.Op;
import io.tributary.debezium.TableId;
import io.tributary.row.AvroBytes;
import io.tributary.row.RowReaders;
import io.tributary.row.RowSchema;
import io.tributary.row.RowSchemas;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an aggregate takes out of the changes of its table. */
class RowExtractorTest {
    private static final String ROW = """
            {"type":"record","name":"Value","namespace":"shop.public.sale","fields":[
              {"name":"id","type":"int"},
              {"name":"note","type":["null","string"]},
              {"name":"amount","type":["null","string"]},
              {"name":"soldat","type":["null","string"]},
              {"name":"country","type":["null","string"]},
              {"name":"qty","type":["null","int"]},
              {"name":"eventid","type":["null","long"]}]}""";
    private static final String WITHOUT_COUNTRY = """
            {"type":"record","name":"Value","namespace":"shop.public.sale","fields":[
              {"name":"id","type":"int"},
              {"name":"amount","type":["null","string"]},
              {"name":"soldat","type":["null","string"]}]}""";
    private static final String WITHOUT_AMOUNT = """
            {"type":"record","name":"Value","namespace":"shop.public.sale","fields":[
              {"name":"id","type":"int"},
              {"name":"soldat","type":["null","string"]}]}""";
    private static final TableId SALE = new TableId("shop", null, "public", "sale");
    private static final long TS_MS = 1_658_759_000_000L;

    private OneInputStreamOperatorTestHarness<ChangeEvent, RowChange> harness;

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void amountQuantityTimeAndGroupComeIntoTheirSlots() throws Exception {
        open(Sales.spec("quantity", "qty"));
        process(Op.UPDATE, ROW, 7, null, "4.99", "2022-07-25T14:21:00Z", "India", 3, null);
        RowChange row = single();
        assertThat(row.kind()).isEqualTo(RowChange.Kind.PUT);
        assertThat(row.key()).isEqualTo("7");
        assertThat(row.position()).isEqualTo("p7");
        assertThat(row.snapshot()).isFalse();
        assertThat(row.record()).isNotNull();
        assertThat(row.values())
                .containsExactly(new BigDecimal("4.99"), new BigDecimal("3"), Sales.at("14:21"), "India");
    }

    @Test
    void rowsOfASnapshotAreMarked() throws Exception {
        open(Sales.spec());
        process(Op.READ, ROW, 7, null, "4.99", "2022-07-25T14:21:00Z", "India", 3, null);
        assertThat(single().snapshot()).isTrue();
    }

    @Test
    void otherTablesArePassedOver() throws Exception {
        open(Sales.spec());
        process(new TableId("shop", null, "public", "sales"), Op.CREATE, ROW, 7, null, "1", null, null, null, null);
        assertThat(rows()).isEmpty();
        assertThat(side(RowExtractor.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void theTimeOfTheSourceNeedsNoColumn() throws Exception {
        open(Sales.spec("time", "source.ts_ms"));
        process(Op.CREATE, ROW, 7, null, "1", null, "India", null, null);
        assertThat(single().value(Slots.TIME)).isEqualTo(TS_MS);
    }

    @Test
    void aTimeOfTheSourceThatNoWindowCanHoldIsADeadLetter() throws Exception {
        RowSchema schema = RowSchemas.of(AvroBytes.parse(WITHOUT_AMOUNT), List.of("id"));
        byte[] bytes = {14, 0};
        open(Sales.spec("time", "source.ts_ms", "window", "tumbling", "amount", "id"));
        harness.processElement(new StreamRecord<>(new ChangeEvent(
                SALE, Op.CREATE, "7", "p7", Long.MAX_VALUE, true, schema, bytes, 0, bytes.length, Sales.record(0, 7))));
        assertThat(side(RowExtractor.DEAD_LETTERS))
                .singleElement()
                .extracting(DeadLetter::message)
                .asString()
                .contains("source.ts_ms", "years 0 to 9999");
    }

    @Test
    void whenTheSourceWroteTheRowIsKnown() throws Exception {
        open(Sales.spec());
        process(Op.CREATE, ROW, 7, null, "1", "9999-12-31T23:59:59Z", "India", null, null);
        assertThat(single().sourceTime()).isEqualTo(TS_MS);
    }

    @Test
    void aTimeThatNoWindowCanHoldIsADeadLetter() throws Exception {
        open(Sales.spec());
        process(Op.CREATE, ROW, 7, null, "1", "+292278993-12-31T23:59:59Z", "India", null, null);
        assertThat(single().kind()).isEqualTo(RowChange.Kind.DELETE);
        assertThat(side(RowExtractor.DEAD_LETTERS))
                .singleElement()
                .extracting(DeadLetter::message)
                .asString()
                .contains(
                        "Aggregate.test",
                        "shop.public.sale[0]@7",
                        "column soldat",
                        "years 0 to 9999",
                        "correct the row");
    }

    @Test
    void theKeyOfADimensionIsText() throws Exception {
        open(Sales.spec("group.by", "event.name", "dimension.event", "shop.public.event on eventid"));
        process(Op.CREATE, ROW, 7, null, "1", "2022-07-25T14:21:00Z", "India", null, 12L);
        assertThat(single().value(Slots.GROUP + 1)).isEqualTo("12");
    }

    @Test
    void aDeleteCarriesItsLastValuesWhereItHasThem() throws Exception {
        open(Sales.spec());
        process(Op.DELETE, ROW, 7, null, "4.99", "2022-07-25T14:21:00Z", "India", 3, null);
        process(Op.DELETE, ROW, 8, null, null, null, null, null, null);
        assertThat(rows()).extracting(RowChange::kind).containsOnly(RowChange.Kind.DELETE);
        assertThat(rows().get(0).value(Slots.TIME)).isEqualTo(Sales.at("14:21"));
        assertThat(rows().get(1).values())
                .as("a before-image without a time is no reason to complain")
                .isNull();
        assertThat(side(RowExtractor.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void aTruncateGoesToItsOwnOutput() throws Exception {
        open(Sales.spec());
        harness.processElement(new StreamRecord<>(
                new ChangeEvent(SALE, Op.TRUNCATE, null, "p9", TS_MS, false, null, null, 0, 0, Sales.record(0, 9))));
        assertThat(rows()).isEmpty();
        assertThat(side(RowExtractor.TRUNCATES)).containsExactly("p9");
    }

    @Test
    void whatCannotBeCountedIsADeadLetterAndTakesTheRowOut() throws Exception {
        open(Sales.spec());
        process(Op.UPDATE, ROW, 7, null, "much", "2022-07-25T14:21:00Z", "India", 3, null);
        process(Op.UPDATE, ROW, 8, null, "1", "yesterday", "India", 3, null);
        process(Op.UPDATE, ROW, 9, null, "1", null, "India", 3, null);
        process(Op.UPDATE, WITHOUT_AMOUNT, 10, "2022-07-25T14:21:00Z");
        process(Op.UPDATE, ROW, 11, null, "1e999999999", "2022-07-25T14:21:00Z", "India", 3, null);
        assertThat(rows()).extracting(RowChange::kind).containsOnly(RowChange.Kind.DELETE);
        assertThat(rows()).extracting(RowChange::key).containsExactly("7", "8", "9", "10", "11");
        List<DeadLetter> letters = side(RowExtractor.DEAD_LETTERS);
        assertThat(letters)
                .allSatisfy(letter -> {
                    assertThat(letter.stage()).isEqualTo(Stage.AGGREGATE);
                    assertThat(letter.reason()).isEqualTo(Reason.MALFORMED);
                    assertThat(letter.message()).contains("Aggregate.test", "shop.public.sale[0]@");
                    assertThat(letter.message()).doesNotContain("much", "yesterday", "999999999");
                })
                .extracting(DeadLetter::message)
                .satisfiesExactly(
                        message -> assertThat(message).contains("column amount", "no number"),
                        message -> assertThat(message).contains("column soldat", "time.format"),
                        message -> assertThat(message).contains("event time is null"),
                        message -> assertThat(message).contains("column amount does not exist", "soldat"),
                        message -> assertThat(message).contains("column amount", "digits"));
    }

    @Test
    void bytesThatAreNoRowAreADeadLetter() throws Exception {
        open(Sales.spec());
        RowSchema schema = RowSchemas.of(AvroBytes.parse(ROW), List.of("id"));
        byte[] bytes = {14, 2};
        harness.processElement(new StreamRecord<>(new ChangeEvent(
                SALE, Op.CREATE, "7", "p7", TS_MS, true, schema, bytes, 0, bytes.length, Sales.record(0, 7))));
        assertThat(single().kind()).isEqualTo(RowChange.Kind.DELETE);
        assertThat(side(RowExtractor.DEAD_LETTERS)).hasSize(1);
    }

    @Test
    void aGroupColumnThatTheSchemaLacksIsNull() throws Exception {
        open(Sales.spec());
        process(Op.CREATE, WITHOUT_COUNTRY, 7, "1", "2022-07-25T14:21:00Z");
        assertThat(single().value(Slots.GROUP)).isNull();
        assertThat(side(RowExtractor.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void aTotalNeedsNoTime() throws Exception {
        open(Sales.spec("window", "total"));
        process(Op.CREATE, ROW, 7, null, "1", null, "India", null, null);
        assertThat(single().kind()).isEqualTo(RowChange.Kind.PUT);
    }

    private void open(AggregateSpec spec) throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new RowExtractor(spec, Node.rootOf(spec), RowReaders::of)));
        harness.getExecutionConfig().disableGenericTypes();
        harness.setup(
                RowChange.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        harness.open();
    }

    private void process(Op op, String schema, int id, Object... rest) throws Exception {
        process(SALE, op, schema, id, rest);
    }

    private void process(TableId table, Op op, String json, int id, Object... rest) throws Exception {
        Schema schema = AvroBytes.parse(json);
        GenericData.Record row = new GenericData.Record(schema);
        row.put(0, id);
        for (int i = 0; i < rest.length; i++) {
            row.put(i + 1, rest[i]);
        }
        byte[] bytes = AvroBytes.of(schema, row);
        harness.processElement(new StreamRecord<>(new ChangeEvent(
                table,
                op,
                "" + id,
                "p" + id,
                TS_MS,
                true,
                RowSchemas.of(schema, List.of("id")),
                bytes,
                0,
                bytes.length,
                Sales.record(0, id))));
    }

    private List<RowChange> rows() {
        return harness.extractOutputValues();
    }

    private RowChange single() {
        assertThat(rows()).hasSize(1);
        return rows().get(0);
    }

    private <T> List<T> side(OutputTag<T> tag) {
        List<T> found = new ArrayList<>();
        if (harness.getSideOutput(tag) != null) {
            harness.getSideOutput(tag).forEach(letter -> found.add(letter.getValue()));
        }
        return found;
    }
}
