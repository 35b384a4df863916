package io.tributary.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.MutatedText;
import io.tributary.row.AvroBytes;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a message's key is (the JSON of a Kinesis partition key, or Avro of any column types), the message is a change
 * with a key, a skip or a dead letter.
 */
class KeyFuzzTest {
    private static final List<String> PARTITION_KEYS = List.of(
            "{\"id\":7}",
            "{\"id\":7,\"line\":2}",
            "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"int32\",\"optional\":false,\"field\":\"id\"}],\"optional\":false,"
                    + "\"name\":\"shop.t.Key\"},\"payload\":{\"id\":7}}",
            "{\"payload\":{\"line\":2},\"schema\":null}",
            "{\"note\":\"\\u0000\\ud800\",\"id\":1e999999}",
            "7");
    /** A column of each kind that a key may have, or may not. */
    private static final List<String> TYPES = List.of(
            "\"int\"",
            "\"long\"",
            "\"string\"",
            "\"boolean\"",
            "\"double\"",
            "\"bytes\"",
            "[\"null\",\"string\"]",
            "{\"type\":\"int\",\"connect.name\":\"io.debezium.time.Date\"}",
            "{\"type\":\"long\",\"connect.name\":\"io.debezium.time.MicroTimestamp\"}",
            "{\"type\":\"long\",\"connect.name\":\"io.debezium.time.Timestamp\"}",
            "{\"type\":\"string\",\"connect.name\":\"io.debezium.time.ZonedTimestamp\"}",
            "{\"type\":\"bytes\",\"scale\":2,\"precision\":10,\"connect.parameters\":{\"scale\":\"2\",\"connect.decimal.precision\":\"10\"},"
                    + "\"connect.name\":\"org.apache.kafka.connect.data.Decimal\",\"logicalType\":\"decimal\"}",
            "{\"type\":\"array\",\"items\":\"string\"}",
            "{\"type\":\"record\",\"name\":\"Inner\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}");

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void twentyThousandKeys() {
        fuzz(20_000, Long.getLong("tributary.seed", System.nanoTime()));
    }

    @Test
    @Tag("slow")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void aMillionKeysOfEachKind() {
        fuzz(2_000_000, Long.getLong("tributary.seed", System.nanoTime()));
    }

    private static void fuzz(int inputs, long seed) {
        System.out.println("KeyFuzzTest seed " + seed);
        Random random = new Random(seed);
        Messages messages = new Messages();
        EventReader reader = new EventReader(messages, table -> null);
        RawRecord value = value(messages);
        Schema[] schemas = new Schema[100];
        Arrays.setAll(schemas, number -> keySchema(random, number));
        byte[][] prefixes = new byte[schemas.length][];
        Map<String, Integer> outcomes = new HashMap<>();
        for (int i = 0; i < inputs; i++) {
            boolean kinesis = i % 2 == 0;
            RawRecord record;
            if (kinesis) {
                record = new RawRecord("s", 0, -1, "49", 1, partitionKey(random), value.value(), Headers.NONE);
            } else {
                int number = random.nextInt(schemas.length);
                if (prefixes[number] == null) {
                    // the first byte names the schema
                    prefixes[number] = messages.message("t", schemas[number], row(schemas[number], random), null, null)
                            .key();
                }
                byte[] key = mutant(
                        random.nextInt(3) == 0 ? prefixes[number] : fresh(prefixes[number][0], schemas[number], random),
                        random);
                record = RawRecord.ofKafka("shop.public.t", 0, i, 1, key, value.value(), Headers.NONE);
            }
            Outcomes outcome = new Outcomes();
            try {
                reader.read(record, outcome);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + seed + ", input " + i + ", key "
                                + new String(record.key(), StandardCharsets.UTF_8).replaceAll("[^ -~]", "?"),
                        e);
            }
            assertThat(outcome.size()).as("seed %d, input %d", seed, i).isEqualTo(1);
            outcome.changes.forEach(event -> assertThat(event.key()).isNotEmpty());
            outcomes.merge(
                    (kinesis ? "partition key " : "message key ") + (outcome.changes.isEmpty() ? "bad" : "good"),
                    1,
                    Integer::sum);
        }
        assertThat(outcomes).hasSize(4);
        outcomes.forEach((what, count) -> assertThat(count).as(what).isGreaterThan(inputs / 50));
    }

    private static RawRecord value(Messages messages) {
        Schema envelope = Messages.envelope(Messages.ROW, Messages.POSTGRES);
        Map<String, Object> source = Map.of(
                "version",
                "2.7",
                "connector",
                "postgresql",
                "name",
                "shop",
                "ts_ms",
                1L,
                "db",
                "shopdb",
                "schema",
                "public",
                "table",
                "t");
        Map<String, Object> row = Map.of("id", 7, "line", 2, "note", "n");
        return messages.message(
                "s",
                Messages.key(),
                Messages.record(Messages.key(), Map.of("id", 7)),
                envelope,
                Messages.record(envelope, Map.of("op", "u", "source", source, "after", row)));
    }

    private static byte[] partitionKey(Random random) {
        String key = PARTITION_KEYS.get(random.nextInt(PARTITION_KEYS.size()));
        switch (random.nextInt(4)) {
            case 0:
                return key.getBytes(StandardCharsets.UTF_8);
            case 1:
                return mutant(key.getBytes(StandardCharsets.UTF_8), random);
            case 2:
                return key.getBytes(random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.UTF_16LE);
            default:
                return MutatedText.of(key, random).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** One to three columns; the row has the first two. */
    private static Schema keySchema(Random random, int number) {
        StringBuilder fields = new StringBuilder();
        List<String> names = List.of("id", "line", "note", "other");
        int columns = 1 + random.nextInt(random.nextInt(4) == 0 ? 4 : 2);
        for (int i = 0; i < columns; i++) {
            fields.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"")
                    .append(names.get(i))
                    .append("\",\"type\":")
                    .append(TYPES.get(random.nextInt(TYPES.size())).replace("Inner", "Inner" + i))
                    .append('}');
        }
        return AvroBytes.parse("{\"type\":\"record\",\"name\":\"Key" + number + "\",\"fields\":[" + fields + "]}");
    }

    private static byte[] fresh(byte number, Schema schema, Random random) {
        byte[] avro = AvroBytes.of(schema, row(schema, random));
        return ByteBuffer.allocate(1 + avro.length).put(number).put(avro).array();
    }

    private static GenericRecord row(Schema schema, Random random) {
        GenericRecord row = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            row.put(field.name(), random(field.schema(), random));
        }
        return row;
    }

    private static Object random(Schema schema, Random random) {
        switch (schema.getType()) {
            case INT:
                return random.nextInt() >> random.nextInt(32);
            case LONG:
                return random.nextLong() >> random.nextInt(64);
            case BOOLEAN:
                return random.nextBoolean();
            case DOUBLE:
                return Double.longBitsToDouble(random.nextLong());
            case STRING:
                return MutatedText.of("2024-02-29T10:11:12.5Z", random).replaceAll("\\p{Cs}", "?");
            case BYTES:
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                return ByteBuffer.wrap(bytes);
            case ARRAY:
                return List.of("a", "b");
            case UNION:
                return random.nextBoolean() ? null : "text, with \\ and ,";
            default:
                GenericRecord inner = new GenericData.Record(schema);
                inner.put(0, 7);
                return inner;
        }
    }

    /** Never the first byte of a framed key: it stands for a schema that the registry has. */
    private static byte[] mutant(byte[] bytes, Random random) {
        byte[] mutant = bytes.clone();
        switch (random.nextInt(5)) {
            case 0:
                return Arrays.copyOf(mutant, 1 + random.nextInt(mutant.length));
            case 1:
                return Arrays.copyOf(mutant, mutant.length + random.nextInt(9));
            case 2:
                for (int i = 1; i < mutant.length; i++) {
                    mutant[i] = random.nextInt(4) == 0 ? (byte) 0xFF : mutant[i];
                }
                return mutant;
            case 3:
                if (mutant.length > 1) {
                    mutant[1 + random.nextInt(mutant.length - 1)] = (byte) random.nextInt(256);
                }
                return mutant;
            default:
                return mutant;
        }
    }
}
