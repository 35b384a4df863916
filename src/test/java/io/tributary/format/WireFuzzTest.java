package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.recording.Recording;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the bytes and headers are, the outcome is a value or a dead letter; the registry is there throughout. */
class WireFuzzTest {
    private static final UUID GLUE_ID = new UUID(7, 9);

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void fiftyThousandMutations() {
        fuzz(50_000, System.nanoTime());
    }

    @Test
    @Tag("slow")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aMillionMutations() {
        fuzz(1_000_000, System.nanoTime());
    }

    private static void fuzz(int inputs, long seed) {
        System.out.println("WireFuzzTest seed " + seed);
        Random random = new Random(seed);
        List<RawRecord> corpus = corpus();
        RegistryWireDecoder decoder = Wire.decoder(registry());
        int values = 0;
        for (int i = 0; i < inputs; i++) {
            RawRecord record = mutated(corpus.get(random.nextInt(corpus.size())), random);
            try {
                Encoded encoded = random.nextBoolean() ? decoder.value(record) : decoder.key(record);
                assertThat(encoded.offset() >= 0
                                && encoded.length() >= 0
                                && encoded.offset() + encoded.length() <= encoded.bytes().length)
                        .isTrue();
                values++;
            } catch (UndecodableException e) {
                assertThat(e.getMessage().length()).isLessThan(2_000);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + seed + ", input " + i + ", value " + Appearance.hex(record.value()), e);
            }
        }
        assertThat(values).as("mutations that stayed readable").isGreaterThan(inputs / 20);
    }

    private static RegistryClient registry() {
        FakeRegistry glue = FakeRegistry.glue()
                .add(
                        null,
                        SchemaId.glue(GLUE_ID.getMostSignificantBits(), GLUE_ID.getLeastSignificantBits()),
                        new RegisteredSchema(null, Wire.SALE.toString()));
        return new RegistryClients(List.of(FakeRegistry.of(Recording.bundled("unwrap-apicurio8")), glue));
    }

    private static List<RawRecord> corpus() {
        List<RawRecord> corpus = new ArrayList<>();
        for (String name : List.of("raw-confluent4-contentid", "unwrap-apicurio8", "unwrap-headers-default")) {
            Recording recording = Recording.bundled(name);
            for (String topic : recording.topics()) {
                recording.messages(topic).stream()
                        .filter(record -> record.key() != null && record.value() != null)
                        .limit(20)
                        .forEach(corpus::add);
            }
        }
        for (byte[] value : new byte[][] {
            Wire.glue(GLUE_ID, Wire.AVRO),
            Wire.glueZlib(GLUE_ID, Wire.AVRO),
            "{\"id\":7}".getBytes(StandardCharsets.UTF_8),
            "{\"id\":7}".getBytes(StandardCharsets.UTF_16BE)
        }) {
            for (int i = 0; i < 20; i++) {
                corpus.add(RawRecord.ofKafka(Wire.TOPIC, 0, i, 0, value, value, Headers.NONE));
            }
        }
        return corpus;
    }

    private static RawRecord mutated(RawRecord record, Random random) {
        return RawRecord.ofKafka(
                random.nextInt(10) == 0 ? "routed." + random.nextInt(3) : record.topic(),
                0,
                record.offset(),
                0,
                mutated(record.key(), random),
                mutated(record.value(), random),
                random.nextInt(3) == 0 ? mutated(record.headers(), random) : record.headers());
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        switch (random.nextInt(8)) {
            case 0:
                return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1:
                return Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
            case 2:
                byte[] noise = new byte[random.nextInt(64)];
                random.nextBytes(noise);
                return noise;
            case 3:
                byte[] framed = new byte[5 + random.nextInt(32)];
                random.nextBytes(framed);
                framed[0] = (byte) (random.nextBoolean() ? 0 : 3);
                framed[1] = (byte) (random.nextBoolean() ? 0 : 5);
                return framed;
            case 4:
                return Arrays.copyOfRange(bytes, Math.min(bytes.length, random.nextInt(12)), bytes.length);
            default:
                for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
                    int at = random.nextInt(random.nextBoolean() ? Math.min(20, bytes.length) : bytes.length);
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                }
                return bytes;
        }
    }

    private static Headers mutated(Headers headers, Random random) {
        String[] names = {
            "apicurio.value.globalId",
            "apicurio.value.contentId",
            "apicurio.key.globalId",
            "apicurio.key.contentId",
            "apicurio.value.encoding",
            "apicurio.key.encoding",
            "other"
        };
        int size = random.nextInt(5);
        String[] chosen = new String[size];
        byte[][] values = new byte[size][];
        for (int i = 0; i < size; i++) {
            chosen[i] = names[random.nextInt(names.length)];
            values[i] = random.nextInt(5) == 0 ? null : new byte[random.nextBoolean() ? 8 : random.nextInt(12)];
            if (values[i] != null && values[i].length > 0) {
                values[i][values[i].length - 1] = (byte) random.nextInt(30);
            }
        }
        return size == 0 ? headers : new Headers(chosen, values);
    }
}
