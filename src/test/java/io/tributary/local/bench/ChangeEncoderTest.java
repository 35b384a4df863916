package io.tributary.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.deadletter.DeadLetter;
import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.EventReader;
import io.tributary.debezium.EventSink;
import io.tributary.debezium.SkipReason;
import io.tributary.format.Encoded;
import io.tributary.format.WireDecoder;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeEncoderTest {
    private static final int KEY_ID = 7;
    private static final int VALUE_ID = 0x01020304;
    private static final Change UPDATE = new Change("u", 3, 1_000, 2_000, 800);

    @ParameterizedTest
    @EnumSource
    void everyTablesMessagesAreOfItsSchemas(Form form) throws IOException {
        for (LoadTable table : LoadTable.share(8, 100)) {
            ChangeEncoder encoder = new ChangeEncoder(table, form, KEY_ID, VALUE_ID);
            GenericRecord key = read(encoder.key(UPDATE), KEY_ID, table.keySchema());
            assertThat(key.get(0)).isEqualTo(3);
            GenericRecord value = read(encoder.value(UPDATE), VALUE_ID, table.valueSchema(form));
            GenericRecord row = form == Form.ENVELOPE ? (GenericRecord) value.get("after") : value;
            assertThat(row.get(0)).isEqualTo(3);
            assertThat(row.get(Shape.CHANGED)).isEqualTo(2_000L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theJobTakesThemAsWhatTheyAre(Form form) {
        LoadTable table = LoadTable.share(1, 100).get(0);
        ChangeEncoder encoder = new ChangeEncoder(table, form, KEY_ID, VALUE_ID);
        ChangeEvent event = event(table, form, encoder, UPDATE);
        assertThat(event.op().code()).isEqualTo("u");
        assertThat(event.key()).isEqualTo("3");
        assertThat(event.sourceTsMs()).isEqualTo(2_000);
        assertThat(event.complete()).isTrue();
        assertThat(event.table().fullName()).isEqualTo(table.fullName());
        Change later = new Change("u", 3, 2_000, 2_000, 1_200);
        assertThat(event(table, form, encoder, later).position())
                .as("of two changes in one millisecond the later one is newer")
                .isGreaterThan(event.position());
    }

    private static GenericRecord read(byte[] message, int id, String schema) throws IOException {
        assertThat(message[0]).isZero();
        assertThat(ByteBuffer.wrap(message).getInt(1)).isEqualTo(id);
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(message, 5, message.length - 5, null);
        GenericRecord record = new GenericDatumReader<GenericRecord>(new Schema.Parser().parse(schema)).read(null, in);
        assertThat(in.isEnd()).isTrue();
        return record;
    }

    private static ChangeEvent event(LoadTable table, Form form, ChangeEncoder encoder, Change change) {
        Schema key = new Schema.Parser().parse(table.keySchema());
        Schema value = new Schema.Parser().parse(table.valueSchema(form));
        EventReader reader = new EventReader(
                new WireDecoder() {
                    @Override
                    public Encoded key(RawRecord record) {
                        return new Encoded(key, record.key(), 5, record.key().length - 5);
                    }

                    @Override
                    public Encoded value(RawRecord record) {
                        return new Encoded(value, record.value(), 5, record.value().length - 5);
                    }
                },
                name -> (List<String>) null);
        ChangeEvent[] found = new ChangeEvent[1];
        reader.read(
                RawRecord.ofKafka(
                        table.fullName(),
                        0,
                        change.position(),
                        change.changedMs(),
                        encoder.key(change),
                        encoder.value(change),
                        Headers.NONE),
                new EventSink() {
                    @Override
                    public void change(ChangeEvent event) {
                        found[0] = event;
                    }

                    @Override
                    public void skip(RawRecord record, SkipReason reason) {
                        throw new AssertionError(reason);
                    }

                    @Override
                    public void reject(DeadLetter letter) {
                        throw new AssertionError(letter.message());
                    }
                });
        return found[0];
    }
}
