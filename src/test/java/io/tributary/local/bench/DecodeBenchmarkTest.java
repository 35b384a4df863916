package io.tributary.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.debezium.ChangeEvent;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Benchmark;

class DecodeBenchmarkTest {
    /** A benchmark of something that fails would be very fast. */
    @ParameterizedTest
    @CsvSource({"ENVELOPE,CONFLUENT", "ENVELOPE,APICURIO", "FLATTENED,APICURIO_HEADERS"})
    void allItsMethodsFindTheSameRow(String form, Framing framing) throws Exception {
        DecodeBenchmark benchmark = new DecodeBenchmark();
        benchmark.form = form;
        benchmark.framing = framing;
        benchmark.setUp();
        DecodeBenchmark.Cpu cpu = new DecodeBenchmark.Cpu();
        try {
            GenericRecord avro = (GenericRecord) benchmark.genericDatumReader(cpu);
            assertThat(avro.get("salesid")).isEqualTo(2);
            ChangeEvent event = (ChangeEvent) benchmark.changeEvent(cpu);
            assertThat(event.key()).isEqualTo("3");
            assertThat(event.op().code()).isEqualTo("u");
            Object[] row = (Object[]) benchmark.changeEventAndColumns(cpu);
            assertThat(row[0]).isEqualTo(4);
            assertThat(row[Shape.SALE.columns().size() - 1]).isEqualTo(1_700_000_000_003L);
            assertThat(cpu.events).isEqualTo(3);
        } finally {
            benchmark.tearDown();
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void flinksFormatFindsItToo(Form form) throws Exception {
        FlinkFormatBenchmark benchmark = new FlinkFormatBenchmark();
        benchmark.form = form.name();
        benchmark.framing = Framing.CONFLUENT;
        benchmark.setUp();
        try {
            RowData row = (RowData) benchmark.flinkFormat(new DecodeBenchmark.Cpu());
            assertThat(row.getInt(0)).isEqualTo(2);
            assertThat(row.getLong(Shape.SALE.columns().size() - 1)).isEqualTo(1_700_000_000_001L);
        } finally {
            benchmark.tearDown();
        }
    }

    @ParameterizedTest
    @CsvSource({"300,100,3.0 x", "100,200,1/2.0"})
    void theTableSaysHowManyTimesAsFast(double generic, double event, String ratio) {
        List<List<String>> rows = DecodeRun.rows(Map.of(
                "envelope, confluent",
                Map.of(
                        "genericDatumReader", generic,
                        "genericDatumReaderReusing", generic,
                        "changeEvent", event,
                        "changeEventAndColumns", event)));
        assertThat(rows.get(0)).contains("envelope, confluent", ratio);
    }

    @ParameterizedTest
    @CsvSource({"genericDatumReader", "genericDatumReaderReusing", "changeEvent", "changeEventAndColumns"})
    void theTableKnowsTheMethodsByTheirNames(String name) throws NoSuchMethodException {
        assertThat(DecodeBenchmark.class
                        .getMethod(name, DecodeBenchmark.Cpu.class)
                        .isAnnotationPresent(Benchmark.class))
                .isTrue();
    }
}
