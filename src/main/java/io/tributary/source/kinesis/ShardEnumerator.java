package io.tributary.source.kinesis;

import io.tributary.config.StartPosition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.streaming.connectors.kinesis.KinesisShardAssigner;
import org.apache.flink.streaming.connectors.kinesis.util.UniformShardAssigner;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the shards and gives them to the readers, children after their parents. When a shard ends its children are looked
 * for at once; apart from that once in an interval.
 */
final class ShardEnumerator implements SplitEnumerator<ShardSplit, ShardLedger> {
    private static final Logger LOG = LoggerFactory.getLogger(ShardEnumerator.class);

    private final SplitEnumeratorContext<ShardSplit> context;
    private final Callable<List<Shard>> shards;
    private final StartPosition start;
    private final Duration interval;
    private final boolean bounded;
    private final ShardLedger ledger;
    private final KinesisShardAssigner assigner = new UniformShardAssigner();
    private int listingsAfterEnds;
    private volatile boolean closed;

    /**
     * @param shards lists all shards of all streams; called by one other thread at a time
     * @param bounded whether the readers finish shards that they have read up to now, and the job ends when all are
     * @param ledger what a checkpoint has kept; else empty
     */
    ShardEnumerator(
            SplitEnumeratorContext<ShardSplit> context,
            Callable<List<Shard>> shards,
            StartPosition start,
            Duration interval,
            boolean bounded,
            ShardLedger ledger) {
        this.context = context;
        this.shards = shards;
        this.start = start;
        this.interval = interval;
        this.bounded = bounded;
        this.ledger = ledger;
    }

    @Override
    public void start() {
        context.callAsync(shards, this::listed, 0, interval.toMillis());
    }

    private void listed(Collection<Shard> found, Throwable failure) {
        if (closed) {
            return;
        }
        if (failure == null && !(ledger.isEmpty() && found.isEmpty())) {
            ledger.listed(found, ledger.isEmpty() ? firstPosition() : ShardPosition.HORIZON);
            assign();
        } else if (ledger.isEmpty()) {
            throw new FlinkRuntimeException(
                    "The shards of the Kinesis streams cannot be listed. Look at Source.stream.arns, aws.region and"
                            + " endpoint, and whether the job's role has kinesis:DescribeStream and kinesis:ListShards",
                    failure);
        } else {
            LOG.warn("The shards of the Kinesis streams cannot be listed now; asked again in {}", interval, failure);
        }
    }

    /** Kinesis' own {@code LATEST} is that of each restart, until something was read: here it is that of the first start. */
    private ShardPosition firstPosition() {
        switch (start.kind()) {
            case LATEST:
                return ShardPosition.at(System.currentTimeMillis());
            case TIMESTAMP:
                return ShardPosition.at(start.timestamp());
            default:
                return ShardPosition.HORIZON;
        }
    }

    private void assign() {
        for (ShardSplit split : ledger.ready()) {
            int reader = readerOf(split.shard());
            if (context.registeredReaders().containsKey(reader)) {
                LOG.info("Shard {} is to be read by subtask {}", split, reader);
                context.assignSplit(split, reader);
                ledger.assigned(split.splitId());
            }
        }
        if (bounded && !ledger.isEmpty() && ledger.allFinished() && listingsAfterEnds == 0) {
            context.registeredReaders().keySet().forEach(context::signalNoMoreSplits);
        }
    }

    private int readerOf(Shard shard) {
        int parallelism = context.currentParallelism();
        return Math.floorMod(assigner.assign(shard.handle(), parallelism), parallelism);
    }

    @Override
    public void addReader(int subtask) {
        assign();
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        ledger.finished(((ShardFinished) event).splitId());
        listingsAfterEnds++;
        context.callAsync(shards, (found, failure) -> {
            listingsAfterEnds--;
            listed(found, failure);
        });
        assign();
    }

    @Override
    public void addSplitsBack(List<ShardSplit> splits, int subtask) {
        splits.forEach(ledger::givenBack);
        assign();
    }

    /** Readers do not ask: they get what is theirs. */
    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public ShardLedger snapshotState(long checkpointId) {
        return ledger.copy();
    }

    @Override
    public void close() {
        closed = true;
    }
}
