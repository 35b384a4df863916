package io.tributary.local.demo;

import io.tributary.local.recording.RecordedSchema;
import io.tributary.local.recording.Recording;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * A table that goes on changing after its recording has ended. The messages are Debezium's, in the recorded schemas and
 * framing (bare Avro, schema ids in the headers). Only rows that were created here are updated and deleted: recorded rows
 * may carry a later time than this machine's clock, and then a change of them would rightly count as old.
 */
final class LiveTable {
    private static final String VALUE_ID = "apicurio.value.globalId";
    private static final String KEY_ID = "apicurio.key.globalId";
    private static final int POSITION_STEP = 400;

    private final String topic;
    private final String key;
    private final BiConsumer<GenericRecord, Random> touch;
    private final Random random;
    private final RecordedSchema keySchema;
    private final RecordedSchema valueSchema;
    private final Schema keyAvro;
    private final Schema valueAvro;
    private final List<GenericRecord> templates = new ArrayList<>();
    private final List<GenericRecord> rows = new ArrayList<>();
    private GenericRecord source;
    private int lastKey;

    /**
     * @param topic a topic of a recording in Debezium's envelope with the ids in headers
     * @param key the key's only column, an int
     * @param touch sets what is new in a created or updated row
     */
    LiveTable(Recording recording, String topic, String key, BiConsumer<GenericRecord, Random> touch, Random random) {
        this.topic = topic;
        this.key = key;
        this.touch = touch;
        this.random = random;
        this.keySchema = newest(recording, topic + "-key");
        this.valueSchema = newest(recording, topic + "-value");
        this.keyAvro = new Schema.Parser().parse(keySchema.schema());
        this.valueAvro = new Schema.Parser().parse(valueSchema.schema());
        learn(recording);
    }

    /** @return the messages of one change: an insert, an update, or a delete with its tombstone */
    List<RawRecord> change(long nowMs) {
        int dice = random.nextInt(10);
        if (rows.size() < 20 || dice < 4) {
            GenericRecord row = copy(templates.get(random.nextInt(templates.size())));
            row.put(key, ++lastKey);
            touch.accept(row, random);
            rows.add(row);
            return List.of(message("c", null, row, nowMs));
        }
        int index = random.nextInt(rows.size());
        GenericRecord before = rows.get(index);
        if (dice < 9) {
            GenericRecord after = copy(before);
            touch.accept(after, random);
            rows.set(index, after);
            return List.of(message("u", before, after, nowMs));
        }
        rows.remove(index);
        return List.of(message("d", before, null, nowMs), tombstone(before, nowMs));
    }

    private void learn(Recording recording) {
        Map<Long, Schema> writers = new HashMap<>();
        recording.schemas().forEach(schema -> {
            if (schema.artifactId().equals(topic + "-value")) {
                writers.put(schema.globalId(), new Schema.Parser().parse(schema.schema()));
            }
        });
        for (RawRecord message : recording.messages(topic)) {
            byte[] id = message.headers().last(VALUE_ID);
            if (message.value() != null && id != null) {
                GenericRecord envelope =
                        read(message.value(), writers.get(ByteBuffer.wrap(id).getLong()));
                source = (GenericRecord) envelope.get("source");
                GenericRecord after = (GenericRecord) envelope.get("after");
                if (after != null) {
                    templates.add(after);
                    lastKey = Math.max(lastKey, (Integer) after.get(key));
                }
            }
        }
    }

    private RawRecord message(String op, GenericRecord before, GenericRecord after, long nowMs) {
        source = copy(source);
        source.put("ts_ms", nowMs);
        source.put("ts_us", nowMs * 1_000);
        source.put("ts_ns", nowMs * 1_000_000);
        source.put("snapshot", "false");
        source.put("pos", (Long) source.get("pos") + POSITION_STEP);
        GenericRecord envelope = new GenericData.Record(valueAvro);
        envelope.put("before", before);
        envelope.put("after", after);
        envelope.put("source", source);
        envelope.put("op", op);
        envelope.put("ts_ms", nowMs);
        GenericRecord row = after != null ? after : before;
        return record(row, write(envelope, valueAvro), nowMs);
    }

    private RawRecord tombstone(GenericRecord row, long nowMs) {
        return record(row, null, nowMs);
    }

    private RawRecord record(GenericRecord row, byte[] value, long nowMs) {
        GenericRecord keyRecord = new GenericData.Record(keyAvro);
        keyRecord.put(key, row.get(key));
        Headers headers = new Headers(
                new String[] {KEY_ID, VALUE_ID}, new byte[][] {id(keySchema.globalId()), id(valueSchema.globalId())});
        return RawRecord.ofKafka(topic, -1, -1, nowMs, write(keyRecord, keyAvro), value, headers);
    }

    private GenericRecord read(byte[] bytes, Schema writer) {
        try {
            return new GenericDatumReader<GenericRecord>(writer, valueAvro)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException("A recorded message of " + topic + " cannot be read", e);
        }
    }

    private static byte[] write(GenericRecord record, Schema schema) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static GenericRecord copy(GenericRecord record) {
        return GenericData.get().deepCopy(record.getSchema(), record);
    }

    private static byte[] id(long globalId) {
        return ByteBuffer.allocate(Long.BYTES).putLong(globalId).array();
    }

    private static RecordedSchema newest(Recording recording, String artifactId) {
        return recording.schemas().stream()
                .filter(schema -> schema.artifactId().equals(artifactId))
                .max(Comparator.comparingInt(RecordedSchema::version))
                .orElseThrow(() -> new IllegalStateException(recording + " has no schema " + artifactId));
    }
}
