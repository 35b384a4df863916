package io.tributary.source.kinesis;

import io.tributary.config.StreamArn;
import io.tributary.config.TributaryConfig;
import io.tributary.source.KinesisClientProperties;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsSink;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsSinkBuilder;
import org.apache.flink.connector.kinesis.sink.PartitionKeyGenerator;

/**
 * Sinks that write to a stream, at least once: what is not acknowledged is in the checkpoint. What Kinesis refuses is sent
 * again, at a rate that falls with each refusal; a request that fails is repeated by the AWS SDK with growing pauses.
 */
public final class StreamSinks {
    /** Kinesis takes 1 MiB, the partition key of up to 1 KiB included. */
    public static final int MAX_RECORD_BYTES = (1 << 20) - (1 << 10);

    private static final int MAX_BUFFERED = 5_000;

    private StreamSinks() {}

    /**
     * For records of which only the newest of a key counts. Kinesis may refuse single records of a request and take later
     * ones, so each request has one record, and the next one waits for its answer: a newer record never comes before an
     * older one of its key.
     *
     * @throws IllegalArgumentException while running, for a record over {@link #MAX_RECORD_BYTES}
     */
    public static <T> Sink<T> inOrder(
            TributaryConfig config, StreamArn stream, SerializationSchema<T> bytes, PartitionKeyGenerator<T> key) {
        return builder(config, stream, bytes, key)
                .setMaxBatchSize(1)
                .setMaxInFlightRequests(1)
                .build();
    }

    /**
     * For records that do not depend on each other.
     *
     * @throws IllegalArgumentException while running, for a record over {@link #MAX_RECORD_BYTES}
     */
    public static <T> Sink<T> inAnyOrder(
            TributaryConfig config, StreamArn stream, SerializationSchema<T> bytes, PartitionKeyGenerator<T> key) {
        return builder(config, stream, bytes, key).build();
    }

    private static <T> KinesisStreamsSinkBuilder<T> builder(
            TributaryConfig config, StreamArn stream, SerializationSchema<T> bytes, PartitionKeyGenerator<T> key) {
        return KinesisStreamsSink.<T>builder()
                .setStreamArn(stream.toString())
                .setKinesisClientProperties(KinesisClientProperties.client(config, stream))
                .setSerializationSchema(bytes)
                .setPartitionKeyGenerator(key)
                .setFailOnError(false)
                .setMaxBufferedRequests(MAX_BUFFERED)
                .setMaxRecordSizeInBytes(MAX_RECORD_BYTES);
    }
}
