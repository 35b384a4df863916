package io.tributary.source.kinesis;

import java.util.List;
import java.util.Properties;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants.RecordPublisherType;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisherFactory;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.fanout.FanOutRecordPublisherFactory;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.polling.PollingRecordPublisherFactory;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxy;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyInterface;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyV2Factory;
import org.apache.flink.streaming.connectors.kinesis.util.StreamConsumerRegistrarUtil;

/**
 * Opens the connector's readers of shards: those that poll, or those that subscribe. For the latter the stream consumer is
 * registered when the first shard is opened, unless it is there. It is never deregistered: who restarts goes on with it.
 */
final class RecordPublishers implements AutoCloseable {
    private final List<String> streams;
    private final Properties properties;
    private final MetricGroup metrics;
    private final boolean fanOut;
    private RecordPublisherFactory factory;

    RecordPublishers(List<String> streams, Properties properties, MetricGroup metrics) {
        this.streams = streams;
        this.properties = (Properties) properties.clone();
        this.metrics = metrics;
        this.fanOut = RecordPublisherType.EFO
                .name()
                .equals(properties.getProperty(ConsumerConfigConstants.RECORD_PUBLISHER_TYPE));
    }

    synchronized RecordPublisher open(ShardSplit split) throws InterruptedException {
        if (factory == null) {
            StreamConsumerRegistrarUtil.lazilyRegisterStreamConsumers(properties, streams);
            factory = fanOut ? subscribing() : polling();
        }
        return factory.create(
                split.position().start(),
                properties,
                metrics.addGroup("stream", split.shard().stream())
                        .addGroup("shard", split.shard().shardId()),
                split.shard().handle());
    }

    private RecordPublisherFactory subscribing() {
        return new FanOutRecordPublisherFactory(
                new SubscribedRecords(KinesisProxyV2Factory.createKinesisProxyAsyncV2(properties)));
    }

    /** One client for all shards: each asks for the ARNs of its streams, which is allowed ten times a second in all. */
    private RecordPublisherFactory polling() {
        KinesisProxyInterface client = new PolledRecords(KinesisProxy.create(properties));
        return new PollingRecordPublisherFactory(any -> client);
    }

    /**
     * A subscription also counts as complete where the stream consumer, or the shard, is gone: then the shard must not be
     * taken as read.
     *
     * @throws IllegalStateException where the shard has no end
     */
    void checkEnd(Shard shard) throws InterruptedException {
        if (fanOut && !ShardLister.isClosed(shard, properties)) {
            throw new IllegalStateException("The subscription to shard " + shard + " has ended, but the shard has not:"
                    + " the stream consumer " + properties.getProperty(ConsumerConfigConstants.EFO_CONSUMER_NAME)
                    + " was deregistered, or the shard was removed. A restart registers the consumer again");
        }
    }

    @Override
    public synchronized void close() {
        if (factory != null) {
            factory.close();
            factory = null;
        }
    }
}
