package io.tributary.source.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.clientlibrary.types.UserRecord;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordBatch;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher.RecordPublisherRunResult;
import org.apache.flink.streaming.connectors.kinesis.model.SequenceNumber;

/**
 * Reads one shard in a thread of its own: a subscription keeps the connector's call from returning for minutes. What was
 * read waits in a queue of one batch, so that a slow job slows the reading down.
 */
final class ShardThread implements AutoCloseable {
    private static final long CLOSE_MS = 5_000;

    private final ShardSplit split;
    private final RecordPublishers publishers;
    private final boolean bounded;
    private final LongConsumer millisBehindLatest;
    private final BlockingQueue<ShardBatch> batches = new ArrayBlockingQueue<>(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile ShardPosition position;
    private boolean ended;

    /**
     * @param bounded whether the shard counts as finished once it is read up to now
     * @param millisBehindLatest hears of each batch how far the shard's end is away
     */
    ShardThread(ShardSplit split, RecordPublishers publishers, boolean bounded, LongConsumer millisBehindLatest) {
        this.split = split;
        this.publishers = publishers;
        this.bounded = bounded;
        this.millisBehindLatest = millisBehindLatest;
        this.position = split.position();
        this.thread = new Thread(this::run, "Kinesis shard " + split.splitId());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * @return the next messages, or none after some time without any
     * @throws IllegalStateException where the shard cannot be read
     */
    ShardBatch poll(long millis) throws InterruptedException {
        ShardBatch batch = batches.poll(millis, TimeUnit.MILLISECONDS);
        if (batch != null) {
            return batch;
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("Shard " + split.splitId() + " cannot be read on, " + position, thrown);
        }
        return ShardBatch.none();
    }

    private void run() {
        try {
            RecordPublisher publisher = publishers.open(split);
            RecordPublisherRunResult result = RecordPublisherRunResult.INCOMPLETE;
            while (!stopped && !ended && result == RecordPublisherRunResult.INCOMPLETE) {
                result = publisher.run(this::accept);
            }
            if (!stopped && !ended) {
                if (result == RecordPublisherRunResult.CANCELLED) {
                    throw new IllegalStateException("The connector stopped reading without saying why");
                }
                publishers.checkEnd(split.shard());
                end();
            }
        } catch (Throwable thrown) {
            if (!stopped) {
                failure.set(thrown);
            }
        }
    }

    /** @return how far the shard is read: the connector goes on from there */
    private SequenceNumber accept(RecordBatch batch) {
        try {
            List<FetchedRecord> records = new ArrayList<>();
            for (UserRecord message : batch.getDeaggregatedRecords()) {
                if (!position.covers(message.getSequenceNumber(), FetchedRecord.subSequence(message))) {
                    records.add(FetchedRecord.of(split.shard(), message));
                }
            }
            if (!ended && !records.isEmpty()) {
                position = records.get(records.size() - 1).position();
                batches.put(ShardBatch.of(split.splitId(), records));
            }
            Long behind = batch.getMillisBehindLatest();
            if (behind != null) {
                millisBehindLatest.accept(behind);
                if (bounded && behind == 0 && !ended) {
                    end();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (!stopped) {
                throw new IllegalStateException("Interrupted with messages in hand", e);
            }
        }
        return position.sequenceNumber();
    }

    private void end() throws InterruptedException {
        ended = true;
        batches.put(ShardBatch.end(split.splitId()));
    }

    /** Ends the thread, which may be in the midst of a request. */
    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
