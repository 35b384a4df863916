package io.tributary.e2e;

import io.tributary.local.recording.Moment;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.local.stack.LocalKafka;
import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Produces a recording piece by piece while a job reads it, and knows how far the job's checkpoints have come. */
final class Feed implements AutoCloseable {
    private final LocalKafka kafka;
    private final Recording recording;
    private final List<RawRecord> left;
    private final Set<String> created = new HashSet<>();
    private final Producer<byte[], byte[]> producer;
    private final Checkpoints checkpoints;

    Feed(Recording recording, LocalKafka kafka) {
        this.kafka = kafka;
        this.recording = recording;
        this.left = new ArrayList<>(RecordingLoader.inRecordedOrder(recording));
        this.producer = RecordingLoader.producer(kafka.bootstrapServers());
        this.checkpoints = new Checkpoints(kafka);
    }

    int left() {
        return left.size();
    }

    /** Produces the next messages. */
    void next(int count) {
        int[] taken = {0};
        produce(message -> taken[0]++ < count);
    }

    /** Produces what the snapshot was, of all topics but one. */
    void snapshotWithout(String topic) {
        Map<String, List<Long>> ends = recording.ends(Moment.AFTER_SNAPSHOT);
        produce(message -> !message.topic().equals(topic)
                && ends.containsKey(message.topic())
                && message.offset() < ends.get(message.topic()).get(message.partition()));
    }

    void all() {
        produce(message -> true);
    }

    private void produce(Predicate<RawRecord> due) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Iterator<RawRecord> messages = left.iterator(); messages.hasNext(); ) {
            RawRecord message = messages.next();
            if (due.test(message)) {
                if (created.add(message.topic())) {
                    kafka.createTopic(message.topic(), recording.partitions(message.topic()));
                }
                sent.add(producer.send(RecordingLoader.record(message)));
                messages.remove();
            }
        }
        try {
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The recording cannot be produced", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while producing", e);
        }
    }

    /** @return whether a completed checkpoint of the job holds everything that was produced */
    boolean isInCheckpoint() {
        Pattern topics = Pattern.compile(created.stream().map(Pattern::quote).collect(Collectors.joining("|")));
        return checkpoints.hold(kafka.endOffsets(topics));
    }

    @Override
    public void close() {
        producer.close();
        checkpoints.close();
    }
}
