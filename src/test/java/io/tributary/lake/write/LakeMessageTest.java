package io.tributary.lake.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.TableId;
import io.tributary.lake.Changes;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class LakeMessageTest {
    private static final LakeMessage.Serializer SERIALIZER = new LakeMessage.Serializer();
    private final Changes changes = Changes.of("item");

    @Test
    void rowsOfEveryOperationComeBackAsTheyWere() throws IOException {
        for (ChangeEvent event : new ChangeEvent[] {
            changes.upsert(1, 7, "ä😀", null),
            changes.upsert(2, 7, "a", Changes.UNAVAILABLE),
            changes.delete(3, 7, "a", "b"),
            changes.deleteWithoutBefore(4, 7),
            changes.upsert(5, 7, "x".repeat(70_000), null)
        }) {
            for (boolean withRecord : new boolean[] {false, true}) {
                LakeRow row = LakeRow.of(event, 11, 3, 5, 2, withRecord);
                LakeRow read = (LakeRow) roundTrip(row);
                assertThat(read).usingRecursiveComparison().isEqualTo(row);
                assertThat(read.complete()).isEqualTo(event.complete());
                assertThat(read.record() != null).isEqualTo(withRecord);
            }
        }
    }

    @Test
    void aSchemaComesBackAsTheSameInternedSchema() throws IOException {
        TableId mysql = new TableId("shop", "shopdb", null, "item");
        LakeMessage.SchemaMessage read =
                (LakeMessage.SchemaMessage) roundTrip(new LakeMessage.SchemaMessage(11, 3, 5, mysql, changes.schema()));
        assertThat(read.schema()).isSameAs(changes.schema());
        assertThat(read.table()).isEqualTo(mysql);
        assertThat(read.table().schema()).isNull();
        assertThat(read.router()).isEqualTo(3);
        assertThat(read.number()).isEqualTo(5);
        assertThat(read.route()).isEqualTo(11);
    }

    @Test
    void aTruncateComesBackAsItWas() throws IOException {
        LakeMessage.TruncateMessage truncate = new LakeMessage.TruncateMessage(11, changes.table(), 2, "pos", 42);
        assertThat(roundTrip(truncate)).usingRecursiveComparison().isEqualTo(truncate);
    }

    @Test
    void copyingBytesLeavesTheMessageWhole() throws IOException {
        LakeRow row = LakeRow.of(changes.upsert(1, 7, "a", "b"), 11, 3, 5, 2, false);
        DataOutputSerializer out = new DataOutputSerializer(64);
        SERIALIZER.serialize(row, out);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        SERIALIZER.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
        assertThat(copied.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
    }

    @Test
    void anUnknownKindIsRefused() {
        assertThatThrownBy(() -> SERIALIZER.deserialize(new DataInputDeserializer(new byte[] {9, 0, 0, 0, 0})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("9");
    }

    @Test
    void allMessagesOfABucketGoToOneWriterAndABucketsNeighbourToAnother() {
        for (int channels = 1; channels <= 8; channels++) {
            int first = BucketPartitioner.channel(BucketPartitioner.route("shop.public.item", 0), channels);
            int second = BucketPartitioner.channel(BucketPartitioner.route("shop.public.item", 1), channels);
            assertThat(first).isBetween(0, channels - 1);
            assertThat(second).isEqualTo((first + 1) % channels);
        }
    }

    private static LakeMessage roundTrip(LakeMessage message) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        SERIALIZER.serialize(message, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        LakeMessage read = SERIALIZER.deserialize(in);
        assertThat(in.available()).isZero();
        return read;
    }
}
