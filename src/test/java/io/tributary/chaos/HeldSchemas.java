package io.tributary.chaos;

import io.tributary.deadletter.Reason;
import io.tributary.format.Encoded;
import io.tributary.format.UndecodableException;
import io.tributary.format.WireDecoder;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Frames messages and takes the frames off again, without a registry. */
final class HeldSchemas implements WireDecoder {
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<Schema, Integer> ids = new HashMap<>();
    private final Map<String, Long> offsets = new HashMap<>();

    /** @return the message as the next one of its partition */
    RawRecord framed(Message message) {
        long offset = offsets.merge(message.topic() + "/" + message.partition(), 1L, Long::sum);
        return RawRecord.ofKafka(
                message.topic(),
                message.partition(),
                offset,
                -1,
                framed(message.key()),
                message.poison() == null ? framed(message.value()) : message.poison(),
                Headers.NONE);
    }

    private byte[] framed(EventEncoder.Encoded encoded) {
        if (encoded == null) {
            return null;
        }
        int id = ids.computeIfAbsent(encoded.schema(), schema -> {
            schemas.add(schema);
            return schemas.size() - 1;
        });
        return ByteBuffer.allocate(Integer.BYTES + encoded.bytes().length)
                .putInt(id)
                .put(encoded.bytes())
                .array();
    }

    @Override
    public Encoded key(RawRecord record) throws UndecodableException {
        return decoded(record.key());
    }

    @Override
    public Encoded value(RawRecord record) throws UndecodableException {
        return decoded(record.value());
    }

    private Encoded decoded(byte[] framed) throws UndecodableException {
        int id = framed.length < Integer.BYTES ? -1 : ByteBuffer.wrap(framed).getInt();
        if (id < 0 || id >= schemas.size()) {
            throw new UndecodableException(Reason.UNKNOWN_FORMAT, "no such schema");
        }
        return new Encoded(schemas.get(id), framed, Integer.BYTES, framed.length - Integer.BYTES);
    }
}
