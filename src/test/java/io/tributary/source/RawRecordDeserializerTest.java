package io.tributary.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RawRecordDeserializerTest {
    @Test
    void coordinatesBytesAndHeadersAreKeptInTheirOrder() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("a", new byte[] {1}).add("b", null).add("a", new byte[] {2});
        RawRecord record = deserialize("t", 3, 42, 1000, new byte[] {7}, new byte[] {8, 9}, headers);
        RawRecords.assertSame(
                record,
                RawRecord.ofKafka(
                        "t",
                        3,
                        42,
                        1000,
                        new byte[] {7},
                        new byte[] {8, 9},
                        new Headers(new String[] {"a", "b", "a"}, new byte[][] {{1}, null, {2}})));
        assertThat(record.headers().last("a")).containsExactly(2);
    }

    @Test
    void aMessageOfNothingIsARecord() {
        RawRecord record = deserialize("t", 0, 0, ConsumerRecord.NO_TIMESTAMP, null, null, new RecordHeaders());
        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
        assertThat(record.headers()).isSameAs(Headers.NONE);
        assertThat(record.timestamp()).isEqualTo(-1);
    }

    private static RawRecord deserialize(
            String topic, int partition, long offset, long timestamp, byte[] key, byte[] value, RecordHeaders headers) {
        List<RawRecord> records = new ArrayList<>();
        ConsumerRecord<byte[], byte[]> message = new ConsumerRecord<>(
                topic,
                partition,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty());
        new RawRecordDeserializer().deserialize(message, new ListCollector<>(records));
        assertThat(records).hasSize(1);
        return records.get(0);
    }
}
