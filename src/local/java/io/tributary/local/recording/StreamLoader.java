package io.tributary.local.recording;

import io.tributary.local.stack.LocalKinesis;
import io.tributary.local.stack.ShardKeys;
import io.tributary.source.RawRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.PutRecordsRequest;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.PutRecordsResult;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard;

/**
 * Puts a recording into one stream, all tables together, in the recorded order. The partition key is made of the message's
 * key, so that the events of a row stay in order. Kinesis has neither headers nor empty messages: tombstones are left
 * out.
 */
public final class StreamLoader {
    private static final int MESSAGES_PER_REQUEST = 100;

    private final LocalKinesis kinesis;
    private final String stream;
    private final List<RawRecord> left;

    public StreamLoader(Recording recording, LocalKinesis kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
        this.left = new ArrayList<>(RecordingLoader.inRecordedOrder(recording).stream()
                .filter(message -> message.value() != null)
                .toList());
    }

    /** @return how many messages are not put yet */
    public int left() {
        return left.size();
    }

    /** Puts the next messages, a record each. */
    public void next(int count) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (RawRecord message : take(count)) {
            entries.add(new PutRecordsRequestEntry()
                    .withPartitionKey(partitionKey(message))
                    .withData(ByteBuffer.wrap(message.value())));
        }
        put(entries);
    }

    /**
     * Puts the next messages as the Kinesis Producer Library does: those of a shard together in records.
     *
     * @param perRecord at most so many in a record
     */
    public void nextAggregated(int count, int perRecord) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        List<RawRecord> messages = take(count);
        for (Shard shard : kinesis.openShards(stream)) {
            AggregatedRecord record = new AggregatedRecord();
            for (RawRecord message : messages) {
                if (ShardKeys.holds(shard, partitionKey(message))) {
                    record.add(partitionKey(message), message.value());
                    if (record.size() == perRecord) {
                        entries.add(record.toEntry(shard));
                        record = new AggregatedRecord();
                    }
                }
            }
            if (record.size() > 0) {
                entries.add(record.toEntry(shard));
            }
        }
        put(entries);
    }

    private List<RawRecord> take(int count) {
        List<RawRecord> next = left.subList(0, Math.min(count, left.size()));
        List<RawRecord> taken = List.copyOf(next);
        next.clear();
        return taken;
    }

    private void put(List<PutRecordsRequestEntry> entries) {
        for (int from = 0; from < entries.size(); from += MESSAGES_PER_REQUEST) {
            List<PutRecordsRequestEntry> some =
                    entries.subList(from, Math.min(entries.size(), from + MESSAGES_PER_REQUEST));
            PutRecordsResult result = kinesis.client()
                    .putRecords(new PutRecordsRequest().withStreamName(stream).withRecords(some));
            if (result.getFailedRecordCount() > 0) {
                throw new IllegalStateException("Stream " + stream + " refused " + result.getFailedRecordCount()
                        + " of " + some.size() + " records: " + result.getRecords());
            }
        }
    }

    private static String partitionKey(RawRecord message) {
        return message.key() == null
                ? message.topic()
                : message.topic() + "/" + Base64.getEncoder().withoutPadding().encodeToString(message.key());
    }
}
