package io.tributary.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.RegistryOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.format.CloseableWireDecoder;
import io.tributary.format.Encoded;
import io.tributary.format.UndecodableException;
import io.tributary.format.WireDecoders;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.configuration.Configuration;

/**
 * Figures that were sent as Avro, by the schemas that are registered for them, as the JSON that {@code output.format=json}
 * sends; but values of the group are texts.
 */
public final class AvroText implements AutoCloseable {
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);
    private static final String SALES = "sales";

    private final CloseableWireDecoder decoder;

    /** @param config whose group {@code SchemaRegistry} says where the schemas are */
    public AvroText(TributaryConfig config) {
        Configuration registry = new Configuration(config.group(RegistryOptions.GROUP));
        // What the job writes does not depend on how the source's records are framed.
        registry.set(RegistryOptions.WIRE_FORMAT, RegistryOptions.WireFormat.CONFLUENT);
        registry.set(RegistryOptions.ID_KIND, RegistryOptions.IdKind.CONTENT);
        decoder = WireDecoders.create(registry).open();
    }

    /** @throws IllegalStateException where there is no schema for the value */
    public String of(String topic, byte[] value) {
        try {
            Encoded encoded = decoder.value(RawRecord.ofKafka(topic, 0, 0, 0, null, value, Headers.NONE));
            GenericRecord figures = new GenericDatumReader<GenericRecord>(encoded.schema())
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(encoded.bytes(), encoded.offset(), encoded.length(), null));
            ObjectNode json = JSON.objectNode();
            for (Schema.Field field : encoded.schema().getFields()) {
                json.set(field.name(), json(field, figures.get(field.pos())));
            }
            return json.toString();
        } catch (UndecodableException e) {
            throw new IllegalStateException("A value of topic " + topic + " cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("A value of topic " + topic + " is not what its schema says", e);
        }
    }

    private static JsonNode json(Schema.Field field, Object value) {
        if (value == null) {
            return JSON.nullNode();
        }
        if (value instanceof ByteBuffer unscaled) {
            int scale = ((LogicalTypes.Decimal) logical(field.schema())).getScale();
            byte[] bytes = new byte[unscaled.remaining()];
            unscaled.get(bytes);
            BigDecimal number = new BigDecimal(new BigInteger(bytes), scale);
            return field.name().equals(SALES)
                    ? JSON.textNode(number.toPlainString())
                    : JSON.numberNode(new BigDecimal(number.stripTrailingZeros().toPlainString()));
        }
        if (value instanceof Long number) {
            return logical(field.schema()) == null
                    ? JSON.numberNode(number)
                    : JSON.textNode(Instant.ofEpochMilli(number).toString());
        }
        return JSON.textNode(value.toString());
    }

    private static LogicalType logical(Schema schema) {
        List<Schema> types = schema.isUnion() ? schema.getTypes() : List.of(schema);
        return types.get(types.size() - 1).getLogicalType();
    }

    @Override
    public void close() {
        decoder.close();
    }
}
