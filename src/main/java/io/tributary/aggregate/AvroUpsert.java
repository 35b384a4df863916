package io.tributary.aggregate;

import io.tributary.format.SchemaRegistrar;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Results with values in Avro, in the Confluent wire format ({@code 00}, 4-byte id, Avro), and the key as JSON: a key in
 * Avro would hold the id of its schema, and a registry that is set up anew would make other keys of the same windows. The
 * schema is registered when the task starts; a registry that does not answer lets the task fail, and start again, before
 * it takes anything.
 */
final class AvroUpsert implements KafkaRecordSerializationSchema<Result> {
    private static final long serialVersionUID = 1L;
    private static final int PREFIX = 5;

    private final String aggregate;
    private final String topic;
    private final String schema;
    private final Configuration registry;
    private transient AvroFigures figures;
    private transient int id;

    /** @param registry the group {@code SchemaRegistry} */
    AvroUpsert(AggregateSpec spec, Configuration registry) {
        this.aggregate = spec.name();
        this.topic = spec.output();
        this.schema = AvroFigures.schemaOf(spec).toString();
        this.registry = new Configuration(registry);
    }

    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink) {
        figures = new AvroFigures(new Schema.Parser().parse(schema));
        try (SchemaRegistrar registrar = SchemaRegistrar.open(registry)) {
            id = registrar.register(topic + "-value", schema);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Aggregate." + aggregate + ": the schema of topic " + topic + " cannot be registered as " + topic
                            + "-value: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Result result, KafkaSinkContext context, Long timestamp) {
        byte[] avro = figures.encode(result);
        byte[] value = ByteBuffer.allocate(PREFIX + avro.length)
                .put((byte) 0)
                .putInt(id)
                .put(avro)
                .array();
        return new ProducerRecord<>(topic, JsonUpsert.key(result), value);
    }
}
