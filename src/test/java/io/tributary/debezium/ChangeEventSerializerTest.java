package io.tributary.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.recording.Recording;
import io.tributary.row.RowReaders;
import io.tributary.row.RowSchema;
import io.tributary.row.RowSchemas;
import io.tributary.source.RawRecord;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeEventSerializerTest {
    private final TypeSerializer<ChangeEvent> serializer =
            ChangeEvent.TYPE.createSerializer(new ExecutionConfig().getSerializerConfig());

    @ParameterizedTest
    @ValueSource(strings = {"raw-headers-default", "unwrap-apicurio8"})
    void everyRecordedEventComesBackWhole(String name) throws Exception {
        Recording recording = Recording.bundled(name);
        EventReader reader = new EventReader(new RecordedDecoder(recording), table -> null);
        for (String topic : List.of("tickit.ems.category", "tickit.ems.venue", "tickit.ecomm.date")) {
            Outcomes outcomes = new Outcomes();
            recording.messages(topic).forEach(record -> reader.read(record, outcomes));
            for (ChangeEvent event : outcomes.changes) {
                assertSame(event, copy(event));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void rowsThatAreNotInTheMessageTravelApart(int offset) throws Exception {
        RowSchema schema = RowSchemas.parse(
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}]}", List.of("id"));
        byte[] bytes = new byte[offset + 1];
        bytes[offset] = 14;
        RawRecord record = RawRecord.ofKafka("t", 0, 1, 2, null, null, io.tributary.source.Headers.NONE);
        ChangeEvent event = new ChangeEvent(
                new TableId("s", null, null, "t"), Op.UPDATE, "7", "p", 5, true, schema, bytes, offset, 1, record);
        assertSame(event, copy(event));
    }

    private ChangeEvent copy(ChangeEvent event) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(event, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        ChangeEvent copy = serializer.deserialize(in);
        assertThat(in.available()).isZero();
        return copy;
    }

    private static void assertSame(ChangeEvent event, ChangeEvent copy) throws Exception {
        assertThat(copy.table()).isEqualTo(event.table());
        assertThat(copy.table().schema()).isEqualTo(event.table().schema());
        assertThat(copy.op()).isEqualTo(event.op());
        assertThat(copy.key()).isEqualTo(event.key());
        assertThat(copy.position()).isEqualTo(event.position());
        assertThat(copy.sourceTsMs()).isEqualTo(event.sourceTsMs());
        assertThat(copy.complete()).isEqualTo(event.complete());
        assertThat(copy.schema()).isEqualTo(event.schema());
        assertThat(copy.record().coordinates()).isEqualTo(event.record().coordinates());
        assertThat(copy.record().value()).isEqualTo(event.record().value());
        if (event.schema() != null) {
            assertThat(Arrays.copyOfRange(copy.bytes(), copy.offset(), copy.offset() + copy.length()))
                    .isEqualTo(Arrays.copyOfRange(event.bytes(), event.offset(), event.offset() + event.length()));
            Object[] values = new Object[copy.schema().columns().size()];
            RowReaders.of(copy.schema()).read(copy.bytes(), copy.offset(), copy.length(), values);
            assertThat(values[0]).isNotNull();
        }
    }
}
