package io.tributary.format;

import io.tributary.config.RegistryOptions.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** One way to take a record's bytes: the format, the schema id that they then hold, and where the Avro begins. Immutable. */
final class Reading {
    /** Length of the prefix: magic byte and id. */
    static final int CONFLUENT_PREFIX = 5;

    static final int APICURIO_PREFIX = 9;
    static final int GLUE_PREFIX = 18;

    private static final long WIDE = 0xFFFF_FFFFL;

    private final WireFormat format;
    private final SchemaId id;
    private final int offset;

    Reading(WireFormat format, SchemaId id, int offset) {
        this.format = format;
        this.id = id;
        this.offset = offset;
    }

    /**
     * The readings of bytes that begin with {@code 00}. Ids that no registry gives (zero, negative) are no readings: zero is
     * what the upper half of a small 8-byte id looks like to a 4-byte reader.
     *
     * @param setting which formats may be assumed
     * @param kinds which id spaces the number can be of
     */
    static List<Reading> ofZeroMagic(byte[] bytes, WireFormat setting, Set<SchemaId.Kind> kinds) {
        List<Reading> readings = new ArrayList<>(4);
        boolean either = setting == WireFormat.AUTO;
        if ((either || setting == WireFormat.CONFLUENT) && bytes.length >= CONFLUENT_PREFIX) {
            add(readings, WireFormat.CONFLUENT, BigEndian.readInt(bytes, 1), CONFLUENT_PREFIX, kinds);
        }
        if ((either || setting == WireFormat.APICURIO) && bytes.length >= APICURIO_PREFIX) {
            add(readings, WireFormat.APICURIO, BigEndian.readLong(bytes, 1), APICURIO_PREFIX, kinds);
        }
        return readings;
    }

    private static void add(
            List<Reading> readings, WireFormat format, long number, int offset, Set<SchemaId.Kind> kinds) {
        for (SchemaId.Kind kind : kinds) {
            boolean possible = number > 0 && (kind != SchemaId.Kind.CONFLUENT || number <= Integer.MAX_VALUE);
            if (possible && kind != SchemaId.Kind.GLUE) {
                readings.add(new Reading(format, SchemaId.of(kind, number), offset));
            }
        }
    }

    WireFormat format() {
        return format;
    }

    SchemaId id() {
        return id;
    }

    /** @return where the Avro begins */
    int offset() {
        return offset;
    }

    /** @return whether the id is beyond what registries have given in practice, and so more likely misread payload */
    boolean isWide() {
        return id.number() > WIDE;
    }

    @Override
    public String toString() {
        switch (format) {
            case CONFLUENT:
                return "Confluent, 4-byte " + id;
            case APICURIO:
                return "Apicurio, 8-byte " + id;
            case APICURIO_HEADERS:
                return "Apicurio headers, " + id;
            default:
                return "Glue, " + id;
        }
    }

    /** A reading whose schema exists. */
    static final class Candidate {
        private final Reading reading;
        private final Schema schema;

        Candidate(Reading reading, Schema schema) {
            this.reading = reading;
            this.schema = schema;
        }

        Reading reading() {
            return reading;
        }

        Schema schema() {
            return schema;
        }

        /** @return whether both give the same value, so that there is nothing to choose */
        boolean isSameAs(Candidate other) {
            return schema == other.schema && reading.offset == other.reading.offset;
        }

        @Override
        public String toString() {
            return reading + " (" + schema.getFullName() + ")";
        }
    }
}
