package io.tributary.source.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.source.RawRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.clientlibrary.types.Messages;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.clientlibrary.types.UserRecord;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.GetRecordsResult;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.com.google.protobuf.ByteString;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.core.SdkBytes;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordBatch;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.proxy.GetShardListResult;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyInterface;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the data of a Kinesis record are, it is the messages of an aggregate, or one message with all its bytes. */
class AggregateFuzzTest {
    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void twentyThousandMutations() throws Exception {
        fuzz(20_000, Long.getLong("tributary.seed", System.nanoTime()));
    }

    @Test
    @Tag("slow")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void aMillionMutations() throws Exception {
        fuzz(1_000_000, Long.getLong("tributary.seed", System.nanoTime()));
    }

    /** The connector's own classes fail on each of these. */
    @ParameterizedTest
    @ValueSource(strings = {"no such key", "no such hash key", "hash key without digits"})
    void anAggregateThatRefersToKeysItDoesNotHaveIsOneMessage(String damage) throws Exception {
        Messages.AggregatedRecord.Builder content = Messages.AggregatedRecord.newBuilder()
                .addPartitionKeyTable("a")
                .addExplicitHashKeyTable("x")
                .addRecords(message(0, "before"));
        content.addRecords(
                damage.equals("no such key")
                        ? message(9, "damaged")
                        : message(0, "damaged").setExplicitHashKeyIndex(damage.equals("no such hash key") ? 5 : 0));
        byte[] data = framed(content.addRecords(message(0, "after")).build().toByteArray());
        for (boolean subscribed : new boolean[] {false, true}) {
            List<RawRecord> read = read(data, subscribed);
            assertThat(read).hasSize(1);
            assertThat(read.get(0).value()).isEqualTo(data);
            assertThat(read.get(0).key()).isEqualTo("{\"id\":7}".getBytes(StandardCharsets.UTF_8));
            assertThat(read.get(0).offset()).isEqualTo(ShardPosition.NOT_AGGREGATED);
        }
    }

    private static void fuzz(int inputs, long seed) throws Exception {
        System.out.println("AggregateFuzzTest seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> outcomes = new HashMap<>();
        for (int i = 0; i < inputs; i++) {
            byte[] data = data(random);
            List<RawRecord> read;
            try {
                read = read(data, random.nextInt(4) == 0);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", input " + i + ", data " + Arrays.toString(data), e);
            }
            boolean one = read.size() == 1 && read.get(0).offset() == ShardPosition.NOT_AGGREGATED;
            if (one) {
                assertThat(read.get(0).value()).as("seed %d, input %d", seed, i).isEqualTo(data);
            } else {
                assertThat(read).hasSizeLessThan(20);
            }
            outcomes.merge(one ? "one message" : read.isEmpty() ? "none" : "an aggregate", 1, Integer::sum);
            outcomes.merge(DamagedAggregate.is(ByteBuffer.wrap(data)) ? "damaged" : "not damaged", 1, Integer::sum);
        }
        // None: no messages in it, or those of another shard, which its producer sends once more.
        assertThat(outcomes).containsKeys("one message", "an aggregate", "damaged", "none");
        assertThat(outcomes.get("an aggregate")).isGreaterThan(inputs / 20);
        assertThat(outcomes.get("damaged")).isGreaterThan(inputs / 100);
    }

    private static List<RawRecord> read(byte[] data, boolean subscribed) throws Exception {
        Record record = new Record()
                .withData(ByteBuffer.wrap(data))
                .withPartitionKey("{\"id\":7}")
                .withSequenceNumber("49");
        List<Record> shown = subscribed ? subscribed(record) : polled(record);
        List<RawRecord> records = new ArrayList<>();
        for (UserRecord message : new RecordBatch(shown, Shards.of(0).handle(), 0L).getDeaggregatedRecords()) {
            records.add(FetchedRecord.of(Shards.of(0), message).record());
        }
        return records;
    }

    private static List<Record> polled(Record record) throws InterruptedException {
        return new PolledRecords(new KinesisProxyInterface() {
                    @Override
                    public GetRecordsResult getRecords(String iterator, int most) {
                        return new GetRecordsResult().withRecords(record);
                    }

                    @Override
                    public String getShardIterator(StreamShardHandle shard, String type, Object marker) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public GetShardListResult getShardList(Map<String, String> streams) {
                        throw new UnsupportedOperationException();
                    }
                })
                .getRecords("i", 1)
                .getRecords();
    }

    private static List<Record> subscribed(Record record) {
        SubscribeToShardEventStream event = SubscribeToShardEventStream.subscribeToShardEventBuilder()
                .records(org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.Record.builder()
                        .data(SdkBytes.fromByteBuffer(record.getData()))
                        .partitionKey(record.getPartitionKey())
                        .sequenceNumber(record.getSequenceNumber())
                        .build())
                .build();
        SubscribeToShardEventStream shown = SubscribedRecords.shown(event);
        // what the connector's subscriber asks an event for
        assertThat(shown.sdkEventType()).isEqualTo(event.sdkEventType());
        List<Record> records = new ArrayList<>();
        ((SubscribeToShardEvent) shown)
                .records()
                .forEach(each -> records.add(new Record()
                        .withData(each.data().asByteBuffer())
                        .withPartitionKey(each.partitionKey())
                        .withSequenceNumber(each.sequenceNumber())));
        return records;
    }

    private static Messages.Record.Builder message(long key, String text) {
        return Messages.Record.newBuilder().setPartitionKeyIndex(key).setData(ByteString.copyFromUtf8(text));
    }

    private static byte[] data(Random random) throws Exception {
        Messages.AggregatedRecord.Builder content = Messages.AggregatedRecord.newBuilder();
        int keys = random.nextInt(4);
        for (int i = 0; i < keys; i++) {
            content.addPartitionKeyTable("{\"id\":" + i + "}");
        }
        if (random.nextInt(3) == 0) {
            content.addExplicitHashKeyTable(random.nextInt(3) == 0 ? "-1" : random.nextInt(3) == 0 ? "" : "77");
        }
        for (int messages = random.nextInt(6); messages > 0; messages--) {
            boolean good = random.nextInt(8) > 0 && keys > 0;
            Messages.Record.Builder message =
                    message(good ? random.nextInt(keys) : random.nextLong() >> random.nextInt(64), "value");
            if (content.getExplicitHashKeyTableCount() > 0 && random.nextBoolean()) {
                message.setExplicitHashKeyIndex(random.nextInt(10) == 0 ? random.nextLong() : 0);
            }
            content.addRecords(message);
        }
        byte[] message = content.build().toByteArray();
        if (random.nextInt(3) == 0) {
            message = mutant(message, random);
        }
        byte[] framed = framed(message);
        return random.nextInt(5) == 0 ? mutant(framed, random) : framed;
    }

    private static byte[] framed(byte[] message) throws Exception {
        return ByteBuffer.allocate(MAGIC.length + message.length + 16)
                .put(MAGIC)
                .put(message)
                .put(MessageDigest.getInstance("MD5").digest(message))
                .array();
    }

    private static byte[] mutant(byte[] bytes, Random random) {
        byte[] mutant = bytes.clone();
        switch (random.nextInt(4)) {
            case 0:
                return Arrays.copyOf(mutant, random.nextInt(mutant.length + 1));
            case 1:
                return Arrays.copyOf(mutant, mutant.length + random.nextInt(20));
            case 2:
                // lengths of 2^31 and more
                int from = mutant.length == 0 ? 0 : random.nextInt(mutant.length);
                Arrays.fill(mutant, from, Math.min(mutant.length, from + 5), (byte) 0xFF);
                return mutant;
            default:
                if (mutant.length > 0) {
                    mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return mutant;
        }
    }
}
