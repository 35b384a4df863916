package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.recording.RecordedSchema;
import io.tributary.local.recording.Recording;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    private static final String TOPIC = "tickit.ecomm.sale";

    private final Recording recording = Recording.bundled("raw-headers-default");
    private final Map<Long, Schema> schemas = recording.schemas().stream()
            .collect(Collectors.toMap(RecordedSchema::globalId, schema -> new Schema.Parser().parse(schema.schema())));
    private final LiveTable table = new LiveTable(
            recording, TOPIC, "salesid", (row, random) -> row.put("qtysold", random.nextInt(9)), new Random(3));

    @Test
    void changesFollowFromOneAnotherAndTouchOnlyNewRows() throws IOException {
        Set<Object> live = new HashSet<>();
        long position = 0;
        for (int i = 0; i < 500; i++) {
            List<RawRecord> messages = table.change(1_000_000L + i);
            GenericRecord envelope = read(messages.get(0));
            String op = envelope.get("op").toString();
            GenericRecord row = (GenericRecord) envelope.get(op.equals("d") ? "before" : "after");
            assertThat((Integer) row.get("salesid")).isGreaterThan(9001);
            assertThat(
                            switch (op) {
                                case "c" -> live.add(row.get("salesid"));
                                case "d" -> live.remove(row.get("salesid"));
                                default -> live.contains(row.get("salesid"));
                            })
                    .as("%s of %s", op, row)
                    .isTrue();
            GenericRecord source = (GenericRecord) envelope.get("source");
            assertThat((Long) source.get("pos")).isGreaterThan(position);
            position = (Long) source.get("pos");
            assertThat(source.get("ts_ms")).isEqualTo(1_000_000L + i);
            if (op.equals("d")) {
                assertThat(messages).hasSize(2);
                assertThat(messages.get(1).value()).isNull();
                assertThat(messages.get(1).key()).isEqualTo(messages.get(0).key());
            }
        }
        assertThat(live).isNotEmpty();
    }

    @Test
    void insertsUpdatesAndDeletesAllOccur() throws IOException {
        List<String> ops = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            ops.add(read(table.change(i).get(0)).get("op").toString());
        }
        assertThat(ops.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting())))
                .containsOnlyKeys("c", "u", "d");
    }

    private GenericRecord read(RawRecord message) throws IOException {
        long id = ByteBuffer.wrap(message.headers().last("apicurio.value.globalId"))
                .getLong();
        return new GenericDatumReader<GenericRecord>(schemas.get(id))
                .read(null, DecoderFactory.get().binaryDecoder(message.value(), null));
    }
}
