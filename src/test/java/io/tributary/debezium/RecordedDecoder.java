package io.tributary.debezium;

import io.tributary.deadletter.Reason;
import io.tributary.format.Encoded;
import io.tributary.format.UndecodableException;
import io.tributary.format.WireDecoder;
import io.tributary.local.recording.RecordedSchema;
import io.tributary.local.recording.Recording;
import io.tributary.source.RawRecord;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** The wire formats of the recordings, with their schemas at hand: a decoder without a registry. */
public final class RecordedDecoder implements WireDecoder {
    private enum Format {
        HEADERS,
        CONFLUENT_CONTENT_ID,
        APICURIO_GLOBAL_ID
    }

    private final Map<Long, Schema> schemas = new HashMap<>();
    private final Format format;

    public RecordedDecoder(Recording recording) {
        format = recording.name().contains("headers")
                ? Format.HEADERS
                : recording.name().contains("contentid") ? Format.CONFLUENT_CONTENT_ID : Format.APICURIO_GLOBAL_ID;
        for (RecordedSchema schema : recording.schemas()) {
            schemas.put(
                    format == Format.CONFLUENT_CONTENT_ID ? schema.contentId() : schema.globalId(),
                    new Schema.Parser().parse(schema.schema()));
        }
    }

    Map<Long, Schema> schemas() {
        return schemas;
    }

    @Override
    public Encoded key(RawRecord record) throws UndecodableException {
        return decode(record, record.key(), "apicurio.key.globalId");
    }

    @Override
    public Encoded value(RawRecord record) throws UndecodableException {
        return decode(record, record.value(), "apicurio.value.globalId");
    }

    private Encoded decode(RawRecord record, byte[] bytes, String header) throws UndecodableException {
        int prefix = format == Format.HEADERS ? 0 : format == Format.CONFLUENT_CONTENT_ID ? 5 : 9;
        if (bytes.length < prefix || prefix > 0 && bytes[0] != 0) {
            throw new UndecodableException(Reason.UNKNOWN_FORMAT, "not of this recording's format");
        }
        long id = prefix == 0
                ? ByteBuffer.wrap(record.headers().last(header)).getLong()
                : prefix == 5
                        ? ByteBuffer.wrap(bytes, 1, 4).getInt()
                        : ByteBuffer.wrap(bytes, 1, 8).getLong();
        Schema schema = schemas.get(id);
        if (schema == null) {
            throw new UndecodableException(Reason.SCHEMA_NOT_FOUND, "no schema " + id);
        }
        return new Encoded(schema, bytes, prefix, bytes.length - prefix);
    }
}
