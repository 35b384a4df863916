package io.tributary.source.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.core.SdkBytes;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.core.async.SdkPublisher;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyAsyncV2Interface;

/** A client that subscribes, with each {@link DamagedAggregate} hidden. */
final class SubscribedRecords implements KinesisProxyAsyncV2Interface {
    private final KinesisProxyAsyncV2Interface client;

    SubscribedRecords(KinesisProxyAsyncV2Interface client) {
        this.client = client;
    }

    @Override
    public CompletableFuture<Void> subscribeToShard(
            SubscribeToShardRequest request, SubscribeToShardResponseHandler responseHandler) {
        return client.subscribeToShard(request, new SubscribeToShardResponseHandler() {
            @Override
            public void responseReceived(SubscribeToShardResponse response) {
                responseHandler.responseReceived(response);
            }

            @Override
            public void onEventStream(SdkPublisher<SubscribeToShardEventStream> publisher) {
                responseHandler.onEventStream(publisher.map(SubscribedRecords::shown));
            }

            @Override
            public void exceptionOccurred(Throwable thrown) {
                responseHandler.exceptionOccurred(thrown);
            }

            @Override
            public void complete() {
                responseHandler.complete();
            }
        });
    }

    static SubscribeToShardEventStream shown(SubscribeToShardEventStream event) {
        if (!(event instanceof SubscribeToShardEvent)) {
            return event;
        }
        SubscribeToShardEvent batch = (SubscribeToShardEvent) event;
        if (batch.records().stream().noneMatch(SubscribedRecords::isDamaged)) {
            return event;
        }
        List<Record> records = new ArrayList<>();
        for (Record record : batch.records()) {
            records.add(
                    isDamaged(record)
                            ? record.toBuilder()
                                    .partitionKey(DamagedAggregate.hide(record.partitionKey()))
                                    .data(SdkBytes.fromByteBuffer(
                                            DamagedAggregate.hide(record.data().asByteBuffer())))
                                    .build()
                            : record);
        }
        return batch.toBuilder().records(records).build();
    }

    private static boolean isDamaged(Record record) {
        return record.data() != null && DamagedAggregate.is(record.data().asByteBuffer());
    }

    @Override
    public void close() {
        client.close();
    }
}
