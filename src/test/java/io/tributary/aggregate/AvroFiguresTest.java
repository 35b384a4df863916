package io.tributary.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.ConfigException;
import io.tributary.config.TributaryConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class AvroFiguresTest {
    private static final String GROUP = "\"country\":\"São \\\"Paulo\\\"\",\"zip\":1.50,\"vip\":true,\"city\":null";
    private static final Figures FIGURES = new Figures(new BigDecimal("-33.955"), 5, new BigDecimal("9.1234567"));

    @Test
    void figuresComeBackWithTheirTypes() throws Exception {
        AggregateSpec spec = Sales.spec("group.by", "country, zip, vip, city", "quantity", "qty");
        GenericRecord record = read(spec, Result.of(GROUP, FIGURES, true, spec.windows(), Sales.at("14:20")));
        assertThat(record.get("country")).hasToString("São \"Paulo\"");
        assertThat(record.get("zip")).hasToString("1.50");
        assertThat(record.get("vip")).hasToString("true");
        assertThat(record.get("city")).isNull();
        assertThat(record.get("sales")).isEqualTo(new BigDecimal("-33.96"));
        assertThat(record.get("orders")).isEqualTo(5L);
        assertThat(record.get("quantity")).isEqualTo(new BigDecimal("9.123457"));
        assertThat(record.get("start")).isEqualTo(Instant.parse("2022-07-25T14:20:00Z"));
        assertThat(record.get("end")).isEqualTo(Instant.parse("2022-07-25T14:30:00Z"));
    }

    @Test
    void aTotalHasNoWindow() throws Exception {
        AggregateSpec spec = Sales.spec("group.by", "", "window", "total");
        GenericRecord record = read(spec, Result.of("", FIGURES, false, spec.windows(), 0));
        assertThat(record.getSchema().getFields())
                .extracting(Schema.Field::name)
                .containsExactly("sales", "orders");
        assertThat(record.get("sales")).isEqualTo(new BigDecimal("-33.96"));
    }

    @Test
    void schemasBeforeAndAfterAChangeOfTheConfigurationAreCompatible() {
        Schema before = AvroFigures.schemaOf(Sales.spec("group.by", "country"));
        Schema after = AvroFigures.schemaOf(Sales.spec("group.by", "city", "quantity", "qty", "window", "total"));
        assertThat(compatible(before, after)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(compatible(after, before)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @Test
    void theNameOfTheAggregateBecomesANamespace() {
        Configuration settings = new Configuration();
        Map.of("table", "t", "amount", "a", "output", "o").forEach(settings::setString);
        assertThat(AvroFigures.schemaOf(AggregateSpec.of("7 sales-by.day", settings))
                        .getFullName())
                .isEqualTo("tributary._7_sales_by_day.Figures");
    }

    @Test
    void aColumnThatAvroCannotNameIsRefused() {
        assertThatThrownBy(() -> Sales.spec("output.format", "avro", "group.by", "Straße"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Aggregate.test")
                .hasMessageContaining("Straße");
    }

    @Test
    void aRegistryThatCannotTakeTheSchemaIsNamed() {
        Map<String, String> sales = Map.of("table", "t", "amount", "a", "output", "o", "output.format", "avro");
        assertThatThrownBy(() -> specs(sales, Map.of("type", "glue", "aws.region", "eu-west-1")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Aggregate.sales, key 'output.format', value 'avro'")
                .hasMessageContaining("SchemaRegistry.type")
                .hasMessageContaining("glue");
        assertThatThrownBy(() -> specs(sales, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Aggregate.sales")
                .hasMessageContaining("SchemaRegistry, key url");
        specs(sales, Map.of("url", "http://127.0.0.1:8080"));
    }

    @Test
    void aStreamTakesNoAvro() {
        String stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/figures";
        Map<String, String> sales = Map.of("table", "t", "amount", "a", "output", stream, "output.format", "avro");
        assertThatThrownBy(() -> specs(sales, Map.of("url", "http://127.0.0.1:8080")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Aggregate.sales, key 'output.format', value 'avro'")
                .hasMessageContaining("is a stream");
    }

    private static void specs(Map<String, String> aggregate, Map<String, String> registry) {
        Aggregates.specs(new TributaryConfig(Map.of(
                "Aggregate.sales", Configuration.fromMap(aggregate),
                "SchemaRegistry", Configuration.fromMap(registry))));
    }

    private static SchemaCompatibilityType compatible(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
    }

    private static GenericRecord read(AggregateSpec spec, Result result) throws IOException {
        Schema schema = new Schema.Parser().parse(AvroFigures.schemaOf(spec).toString());
        ByteBuffer bytes = ByteBuffer.wrap(new AvroFigures(schema).encode(result));
        GenericData data = new GenericData();
        data.addLogicalTypeConversion(new Conversions.DecimalConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        return new GenericDatumReader<GenericRecord>(schema, schema, data)
                .read(null, DecoderFactory.get().binaryDecoder(bytes.array(), null));
    }
}
