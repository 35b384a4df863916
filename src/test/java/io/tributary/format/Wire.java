package io.tributary.format;

import io.tributary.config.RegistryOptions.IdKind;
import io.tributary.config.RegistryOptions.WireFormat;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Records in each wire format, and decoders over a fake registry. */
final class Wire {
    static final String TOPIC = "shop.db.sale";
    static final Schema SALE = SchemaBuilder.record("shop.db.sale.Value")
            .fields()
            .requiredInt("id")
            .requiredString("note")
            .endRecord();
    static final Schema VENUE = SchemaBuilder.record("shop.db.venue.Value")
            .fields()
            .requiredDouble("seats")
            .endRecord();
    static final byte[] AVRO = avro(
            new GenericRecordBuilder(SALE).set("id", 7).set("note", "hello").build());

    private Wire() {}

    static byte[] avro(GenericRecord value) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<>(value.getSchema()).write(value, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] confluent(int id, byte[] avro) {
        return ByteBuffer.allocate(5 + avro.length)
                .put((byte) 0)
                .putInt(id)
                .put(avro)
                .array();
    }

    static byte[] apicurio(long id, byte[] avro) {
        return ByteBuffer.allocate(9 + avro.length)
                .put((byte) 0)
                .putLong(id)
                .put(avro)
                .array();
    }

    static byte[] glue(UUID id, byte[] avro) {
        return ByteBuffer.allocate(18 + avro.length)
                .put((byte) 3)
                .put((byte) 0)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(avro)
                .array();
    }

    static byte[] glueZlib(UUID id, byte[] avro) {
        Deflater deflater = new Deflater();
        deflater.setInput(avro);
        deflater.finish();
        byte[] deflated = new byte[avro.length + 64];
        int length = deflater.deflate(deflated);
        deflater.end();
        byte[] bytes = glue(id, Arrays.copyOf(deflated, length));
        bytes[1] = 5;
        return bytes;
    }

    static Headers headers(String name, long id) {
        return headers(name, ByteBuffer.allocate(8).putLong(id).array());
    }

    static Headers headers(String name, byte[] value) {
        String role = name.startsWith("apicurio.key") ? "key" : "value";
        return new Headers(
                new String[] {"traceparent", name, "apicurio." + role + ".encoding"},
                new byte[][] {null, value, "BINARY".getBytes(StandardCharsets.UTF_8)});
    }

    static RawRecord value(byte[] value) {
        return value(TOPIC, value, Headers.NONE);
    }

    static RawRecord value(String topic, byte[] value, Headers headers) {
        return RawRecord.ofKafka(topic, 2, 17, 0, null, value, headers);
    }

    static RegistryWireDecoder decoder(RegistryClient registry) {
        return decoder(registry, WireFormat.AUTO, IdKind.AUTO);
    }

    static RegistryWireDecoder decoder(RegistryClient registry, WireFormat format, IdKind idKind) {
        return decoder(registry, format, idKind, new AtomicLong());
    }

    static RegistryWireDecoder decoder(RegistryClient registry, WireFormat format, IdKind idKind, AtomicLong nanoTime) {
        SchemaStore store = new SchemaStore(registry, 100, 1_000, nanoTime::get);
        return new RegistryWireDecoder(store, format, idKind, new GluePayload(1 << 20), 100);
    }

    /** Reads the value, all of it. */
    static GenericRecord read(Encoded encoded) {
        try {
            BinaryDecoder decoder =
                    DecoderFactory.get().binaryDecoder(encoded.bytes(), encoded.offset(), encoded.length(), null);
            GenericRecord value = new GenericDatumReader<GenericRecord>(encoded.schema()).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new IllegalStateException("bytes are left over");
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
