package io.tributary.e2e;

import io.tributary.local.stack.LocalKafka;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the completed checkpoints of a job have come: it commits their offsets to its consumer group. */
final class Checkpoints implements AutoCloseable {
    /** The default of {@code Source.group.id}. */
    private static final String GROUP = "tributary";

    private static final long TIMEOUT_SECONDS = 60;

    private final Admin admin;

    Checkpoints(LocalKafka kafka) {
        this.admin = kafka.admin();
    }

    /** @return whether a completed checkpoint holds everything up to these offsets */
    boolean hold(Map<TopicPartition, Long> ends) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return ends.entrySet().stream()
                    .allMatch(end -> end.getValue() == 0
                            || committed.containsKey(end.getKey())
                                    && committed.get(end.getKey()).offset() >= end.getValue());
        } catch (ExecutionException | TimeoutException notNow) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for offsets", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
