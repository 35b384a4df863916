package io.tributary.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.recording.Recording;
import io.tributary.row.MalformedRowException;
import io.tributary.row.RowReader;
import io.tributary.row.RowReaders;
import io.tributary.row.RowSchema;
import io.tributary.source.RawRecord;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Recorded messages with bytes changed, cut and moved: each becomes a change, a skip or a dead letter, at bounded cost. */
class HostileBytesTest {
    private static final long SEED = Long.getLong("tributary.seed", 20_260_101L);
    /** Far more than an honest record takes, plans and this test's own objects included; far less than a false length asks for. */
    private static final long MAX_BYTES_PER_RECORD = 256_000;

    @Test
    void mutatedMessagesHaveExactlyOneOutcomeEach() {
        mutate(50_000);
    }

    @Test
    @Tag("slow")
    void aMillionMutatedMessagesHaveExactlyOneOutcomeEach() {
        mutate(1_000_000);
    }

    private static void mutate(int rounds) {
        System.out.println("HostileBytesTest seed " + SEED);
        Random random = new Random(SEED);
        for (String name : Recording.bundledNames()) {
            Recording recording = Recording.bundled(name);
            List<RawRecord> messages = new ArrayList<>();
            recording.topics().forEach(topic -> messages.addAll(recording.messages(topic)));
            EventReader reader = new EventReader(new RecordedDecoder(recording), table -> null);
            Map<RowSchema, RowReader> rows = new HashMap<>();
            for (int round = 0; round < rounds / 4; round++) {
                RawRecord record = mutant(messages.get(random.nextInt(messages.size())), random);
                long before = allocated();
                Outcomes outcomes = new Outcomes();
                reader.read(record, outcomes);
                assertThat(outcomes.size())
                        .as("seed %d round %d of %s", SEED, round, name)
                        .isEqualTo(1);
                outcomes.changes.forEach(event -> readRow(event, rows));
                outcomes.letters.forEach(letter -> assertThat(letter.message()).hasSizeLessThan(500));
                if (round > 1_000) {
                    assertThat(allocated() - before)
                            .as("bytes allocated, seed %d round %d of %s", SEED, round, name)
                            .isLessThan(
                                    MAX_BYTES_PER_RECORD + 30L * (record.value() == null ? 0 : record.value().length));
                }
            }
        }
    }

    private static void readRow(ChangeEvent event, Map<RowSchema, RowReader> rows) {
        if (event.schema() == null) {
            return;
        }
        try {
            rows.computeIfAbsent(event.schema(), RowReaders::of)
                    .read(
                            event.bytes(),
                            event.offset(),
                            event.length(),
                            new Object[event.schema().columns().size()]);
        } catch (MalformedRowException e) {
            assertThat(e.getMessage()).contains("found");
        }
    }

    private static RawRecord mutant(RawRecord record, Random random) {
        boolean ofKey = random.nextInt(5) == 0;
        return RawRecord.ofKafka(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                ofKey ? mutant(record.key(), random) : record.key(),
                ofKey ? record.value() : mutant(record.value(), random),
                record.headers());
    }

    private static byte[] mutant(byte[] bytes, Random random) {
        if (bytes == null || bytes.length == 0) {
            return bytes;
        }
        byte[] mutant = bytes.clone();
        switch (random.nextInt(5)) {
            case 0 -> mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length));
            case 1 -> mutant = Arrays.copyOf(mutant, mutant.length + 1 + random.nextInt(9));
            case 2 -> {
                int at = random.nextInt(mutant.length);
                Arrays.fill(mutant, at, Math.min(mutant.length, at + 1 + random.nextInt(6)), (byte) 0xFF);
            }
            case 3 -> {
                int from = random.nextInt(mutant.length);
                int to = random.nextInt(mutant.length);
                int length = random.nextInt(mutant.length - Math.max(from, to) + 1);
                System.arraycopy(bytes, from, mutant, to, length);
            }
            default -> {
                for (int i = 0; i <= random.nextInt(4); i++) {
                    mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
                }
            }
        }
        return mutant;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
