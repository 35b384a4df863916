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
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Produces a recording piece by piece while a job reads it, and knows how far the job's checkpoints have come. */
final class Feed implements AutoCloseable {
    /** The default of {@code Source.group.id}. */
    private static final String GROUP = "tributary";

    private static final long TIMEOUT_SECONDS = 60;

    private final LocalKafka kafka;
    private final Recording recording;
    private final List<RawRecord> left;
    private final Set<String> created = new HashSet<>();
    private final Producer<byte[], byte[]> producer;
    private final Admin admin;

    Feed(Recording recording, LocalKafka kafka) {
        this.kafka = kafka;
        this.recording = recording;
        this.left = new ArrayList<>(RecordingLoader.inRecordedOrder(recording));
        this.producer = RecordingLoader.producer(kafka.bootstrapServers());
        this.admin = kafka.admin();
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
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            Map<TopicPartition, OffsetSpec> asked =
                    admin
                            .describeTopics(created)
                            .allTopicNames()
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .values()
                            .stream()
                            .flatMap(topic -> topic.partitions().stream()
                                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            return admin.listOffsets(asked).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS).entrySet().stream()
                    .allMatch(end -> end.getValue().offset() == 0
                            || committed.containsKey(end.getKey())
                                    && committed.get(end.getKey()).offset()
                                            >= end.getValue().offset());
        } catch (ExecutionException | java.util.concurrent.TimeoutException notNow) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for offsets", e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
