package io.tributary.local.bench;

import io.tributary.config.RegistryOptions;
import io.tributary.format.SchemaRegistrar;
import io.tributary.local.cli.CommandException;
import io.tributary.local.stack.LocalKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The model database and its topics: changes of rows are made up, remembered and produced, each table's into its own
 * topic, a key's always into the same partition. Not thread-safe.
 */
final class Load implements AutoCloseable {
    private static final long POSITION_STEP = 400;

    private final List<LoadTable> tables;
    private final int partitions;
    private final List<ChangeEncoder> encoders = new ArrayList<>();
    private final List<TableState> states = new ArrayList<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Producer<byte[], byte[]> producer;
    private long position = 1_000;
    private long events;
    private long bytes;

    /** Registers the schemas and creates the topics; nothing is produced yet. */
    Load(List<LoadTable> tables, Form form, int partitions, LocalKafka kafka, String registryUrl) {
        this.tables = tables;
        this.partitions = partitions;
        Configuration registry = new Configuration();
        registry.set(RegistryOptions.TYPE, RegistryOptions.Type.CONFLUENT);
        registry.set(RegistryOptions.URL, registryUrl);
        try (SchemaRegistrar registrar = SchemaRegistrar.open(registry)) {
            for (LoadTable table : tables) {
                kafka.createTopic(table.fullName(), partitions);
                int keyId = registrar.register(table.fullName() + "-key", table.keySchema());
                int valueId = registrar.register(table.fullName() + "-value", table.valueSchema(form));
                encoders.add(new ChangeEncoder(table, form, keyId, valueId));
                states.add(new TableState());
            }
        }
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        128 << 10,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    List<LoadTable> tables() {
        return tables;
    }

    /** @return what a table holds after all changes so far */
    TableState state(int table) {
        return states.get(table);
    }

    /** @return how many changes were made so far */
    long events() {
        return events;
    }

    /** @return how many bytes the messages' values have, all changes so far */
    long bytes() {
        return bytes;
    }

    /** Produces every table's rows as a snapshot of that moment, and waits until the broker has them. */
    void snapshot(long nowMs) {
        for (int table = 0; table < tables.size(); table++) {
            for (int row = 0; row < tables.get(table).rows(); row++) {
                insert(table, "r", nowMs);
            }
        }
        flush();
    }

    void insert(int table, String op, long nowMs) {
        send(table, states.get(table).insert(op, nowMs, next()));
    }

    /** Updates a row that the choice falls upon. */
    void update(int table, KeyChoice choice, long nowMs) {
        TableState state = states.get(table);
        send(table, state.update(choice.next(state.rows()), nowMs, next()));
    }

    /** Waits until the broker has all of it. */
    void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new CommandException("The load cannot be produced", failure.get());
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private long next() {
        position += POSITION_STEP;
        return position;
    }

    private void send(int table, Change change) {
        ChangeEncoder encoder = encoders.get(table);
        byte[] value = encoder.value(change);
        events++;
        bytes += value.length;
        producer.send(
                new ProducerRecord<>(
                        tables.get(table).fullName(),
                        change.key() % partitions,
                        change.changedMs(),
                        encoder.key(change),
                        value),
                (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    }
                });
    }
}
