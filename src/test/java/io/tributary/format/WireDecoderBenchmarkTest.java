package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Records per second and core for finding the schema alone, seven topics and two schema versions mixed at random, when the
 * ids are known. Not in the normal run.
 */
@Tag("slow")
class WireDecoderBenchmarkTest {
    private static final int ROUNDS = 20_000_000;
    private static final int RECORDS = 1 << 12;

    private interface Framing {
        RawRecord frame(String topic, int id);
    }

    @Test
    void theFastPathIsCheap() throws Exception {
        report("confluent", (topic, id) -> Wire.value(topic, Wire.confluent(id, Wire.AVRO), Headers.NONE));
        report("apicurio", (topic, id) -> Wire.value(topic, Wire.apicurio(id, Wire.AVRO), Headers.NONE));
        report(
                "apicurio-headers",
                (topic, id) -> Wire.value(topic, Wire.AVRO, Wire.headers("apicurio.value.globalId", id)));
    }

    private static void report(String name, Framing framing) throws Exception {
        FakeRegistry registry = FakeRegistry.apicurio();
        for (int id = 1; id <= 14; id++) {
            registry.add("topic-" + id % 7 + "-value", id, id, Wire.SALE.toString());
        }
        Random random = new Random(1);
        RawRecord[] records = new RawRecord[RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            int id = 1 + random.nextInt(14);
            records[i] = framing.frame("topic-" + id % 7, id);
        }
        RegistryWireDecoder decoder = Wire.decoder(registry);
        double best = 0;
        for (int run = 0; run < 4; run++) {
            best = Math.max(best, perSecond(decoder, records));
        }
        System.out.printf(Locale.ROOT, "%s: %.1f M records/s%n", name, best / 1e6);
        assertThat(best).isGreaterThan(2e6);
    }

    private static double perSecond(RegistryWireDecoder decoder, RawRecord[] records) throws Exception {
        long sum = 0;
        long start = System.nanoTime();
        for (int i = 0; i < ROUNDS; i++) {
            sum += decoder.value(records[i & (RECORDS - 1)]).offset();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return sum < 0 ? 0 : ROUNDS / seconds;
    }
}
