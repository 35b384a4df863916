package io.tributary.format;

import java.util.Objects;
import org.apache.avro.Schema;

/** Avro bytes together with the schema they were written with; what is left once the wire format is taken off. */
public final class Encoded {
    private final Schema schema;
    private final byte[] bytes;
    private final int offset;
    private final int length;

    /** @param schema one and the same instance for every record of one schema id, so that plans can be cached by it */
    public Encoded(Schema schema, byte[] bytes, int offset, int length) {
        this.schema = Objects.requireNonNull(schema, "schema");
        this.bytes = Objects.requireNonNull(bytes, "bytes");
        this.offset = offset;
        this.length = length;
    }

    public Schema schema() {
        return schema;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }
}
