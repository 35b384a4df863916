package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.MutatedText;
import io.tributary.deadletter.DeadLetter;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.EventReader;
import io.tributary.debezium.EventSink;
import io.tributary.debezium.SkipReason;
import io.tributary.local.recording.RecordedSchema;
import io.tributary.local.recording.Recording;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever text a registry holds as a schema, a message that names it is a change, a skip or a dead letter. */
class SchemaFuzzTest {
    /** Of records that hold themselves, of names that clash, of types that a column cannot have, of depth. */
    private static final List<String> ODD = List.of(
            "{\"type\":\"record\",\"name\":\"V\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"next\",\"type\":[\"null\",\"V\"]}]}",
            "{\"type\":\"record\",\"name\":\"V\",\"fields\":[{\"name\":\"next\",\"type\":\"V\"}]}",
            "{\"type\":\"record\",\"name\":\"E\",\"fields\":[{\"name\":\"before\",\"type\":[\"null\",\"E\"]},"
                    + "{\"name\":\"after\",\"type\":[\"null\",\"E\"]},{\"name\":\"source\",\"type\":\"E\"},{\"name\":\"op\",\"type\":\"string\"}]}",
            "{\"type\":\"record\",\"name\":\"V\",\"fields\":[{\"name\":\"id\",\"type\":[\"int\",\"string\",\"null\"]}]}",
            "{\"type\":\"record\",\"name\":\"V\",\"fields\":[{\"name\":\"id\",\"type\":{\"type\":\"map\",\"values\":[\"null\",\"V\"]}}]}",
            "{\"type\":\"record\",\"name\":\"V\",\"fields\":[{\"name\":\"id\",\"type\":{\"type\":\"bytes\",\"scale\":2147483647,\"precision\":-1,"
                    + "\"connect.name\":\"org.apache.kafka.connect.data.Decimal\",\"connect.parameters\":{\"scale\":\"-9999999\"}}}]}",
            "{\"type\":\"record\",\"name\":\"V\",\"fields\":[{\"name\":\"id\",\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":2147483647}}]}",
            "[\"null\",\"int\"]",
            "\"string\"",
            "{\"type\":\"record\",\"name\":\"V\",\"fields\":[]}");

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void fiveThousandMutations() {
        fuzz(5_000, Long.getLong("tributary.seed", System.nanoTime()));
    }

    @Test
    @Tag("slow")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void aMillionMutations() {
        fuzz(1_000_000, Long.getLong("tributary.seed", System.nanoTime()));
    }

    private static void fuzz(int inputs, long seed) {
        System.out.println("SchemaFuzzTest seed " + seed);
        Random random = new Random(seed);
        Recording recording = Recording.bundled("raw-confluent4-contentid");
        Map<Integer, String> texts = new HashMap<>();
        for (RecordedSchema schema : recording.schemas()) {
            texts.put((int) schema.contentId(), schema.schema());
        }
        List<RawRecord> messages = new ArrayList<>();
        recording
                .topics()
                .forEach(topic -> recording.messages(topic).stream()
                        .filter(record -> record.key() != null && record.value() != null)
                        .limit(20)
                        .forEach(messages::add));
        Texts registry = new Texts();
        Tally tally = new Tally();
        EventReader reader = new EventReader(Wire.decoder(registry), table -> null);
        for (int i = 0; i < inputs; i++) {
            RawRecord record = messages.get(random.nextInt(messages.size()));
            registry.key = text(texts.get(idOf(record.key())), random);
            registry.value = text(texts.get(idOf(record.value())), random);
            int id = 2 * i;
            registry.keyId = id;
            RawRecord renamed = RawRecord.ofKafka(
                    record.topic(), 0, i, 0, withId(record.key(), id), withId(record.value(), id + 1), Headers.NONE);
            int before = tally.outcomes;
            try {
                reader.read(renamed, tally);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + seed + ", input " + i + ", key " + shown(registry.key) + ", value "
                                + shown(registry.value),
                        e);
            }
            assertThat(tally.outcomes - before).as("seed %d, input %d", seed, i).isEqualTo(1);
        }
        assertThat(tally.changes).as("mutations that stayed readable").isGreaterThan(inputs / 50);
        assertThat(tally.outcomes - tally.changes).isGreaterThan(inputs / 50);
    }

    private static String text(String text, Random random) {
        switch (random.nextInt(8)) {
            case 0:
                return MutatedText.of(ODD.get(random.nextInt(ODD.size())), random);
            case 1:
                return ODD.get(random.nextInt(ODD.size()));
            case 2:
                return text;
            case 3:
                String open = random.nextBoolean() ? "{\"type\":\"array\",\"items\":" : "{\"type\":\"map\",\"values\":";
                int deep = random.nextInt(random.nextInt(20) == 0 ? 3_000 : 20);
                return "{\"type\":\"record\",\"name\":\"V\",\"fields\":[{\"name\":\"id\",\"type\":" + open.repeat(deep)
                        + "\"int\"" + "}".repeat(deep) + "}]}";
            default:
                return MutatedText.of(text, random);
        }
    }

    private static String shown(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    private static int idOf(byte[] framed) {
        return BigEndian.readInt(framed, 1);
    }

    private static byte[] withId(byte[] framed, int id) {
        byte[] renamed = framed.clone();
        for (int i = 0; i < 4; i++) {
            renamed[1 + i] = (byte) (id >>> 8 * (3 - i));
        }
        return renamed;
    }

    /** Holds one key's and one value's schema at a time, each under a number that was never used before. */
    private static final class Texts implements RegistryClient {
        private String key;
        private String value;
        private long keyId;

        @Override
        public Set<SchemaId.Kind> kinds() {
            return EnumSet.of(SchemaId.Kind.CONFLUENT);
        }

        @Override
        public Optional<RegisteredSchema> schema(SchemaId id) {
            return Optional.of(new RegisteredSchema(null, id.number() == keyId ? key : value));
        }

        @Override
        public List<String> references(SchemaId id) {
            return List.of();
        }

        @Override
        public Membership membership(String subject, Collection<SchemaId> ids) {
            return Membership.NO_SUBJECT;
        }

        @Override
        public void close() {}
    }

    private static final class Tally implements EventSink {
        private int changes;
        private int outcomes;

        @Override
        public void change(ChangeEvent event) {
            changes++;
            outcomes++;
        }

        @Override
        public void skip(RawRecord record, SkipReason reason) {
            outcomes++;
        }

        @Override
        public void reject(DeadLetter letter) {
            assertThat(letter.message()).hasSizeLessThan(2_000).doesNotContain("\n", "\u0000");
            outcomes++;
        }
    }
}
