package io.tributary.lake.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.debezium.TableId;
import io.tributary.lake.Changes;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final PendingWrite WRITE = new PendingWrite(
            42,
            new TableId("shop", "shopdb", null, "item"),
            "20260101000000000",
            TableSchema.of(Changes.of("item").schema()),
            WriteCounts.NONE.plusEvent(5).plusEvent(3),
            List.of(
                    new WrittenFile("p=ä", "f1", "p=ä/f1.parquet", null, 10, 9, 1, 2, 1234),
                    new WrittenFile("", "f2", "f2.parquet", "20250101000000000", 1, 0, 1, 0, 99)));

    @Test
    void aPendingWriteComesBackFromStateAsItWas() throws IOException {
        PendingWrite read = PendingWrite.fromBytes(WRITE.toBytes());
        assertThat(read).usingRecursiveComparison().isEqualTo(WRITE);
        assertThat(read.table().schema()).isNull();
        assertThat(read.counts().events()).isEqualTo(2);
        assertThat(read.counts().oldestSourceTsMs()).isEqualTo(3);
        assertThat(read.counts().newestSourceTsMs()).isEqualTo(5);
    }

    @Test
    void aPendingWriteOfAnUnknownVersionIsRefused() throws IOException {
        byte[] bytes = WRITE.toBytes();
        bytes[0] = 9;
        assertThatThrownBy(() -> PendingWrite.fromBytes(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9")
                .hasMessageContaining("restore it with the version that wrote it");
    }

    @Test
    void anAnswerCrossesTheRpcLayerInsideOneOfFlinksOwnResponses() throws IOException {
        CoordinatorReply reply = new CoordinatorReply(
                CoordinatorReply.Status.OK,
                17,
                Set.of("a"),
                Map.of("b", new CoordinatorReply.Grant("20260101000000000", WRITE.schema())),
                Map.of("c", "why"));
        assertThat(reply.toResponse().getClass().getName()).startsWith("org.apache.flink.");
        assertThat(CoordinatorReply.of(reply.toResponse()))
                .usingRecursiveComparison()
                .isEqualTo(reply);
    }
}
