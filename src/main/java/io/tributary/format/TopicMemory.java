package io.tributary.format;

import io.tributary.config.RegistryOptions.WireFormat;
import org.apache.avro.Schema;

/**
 * What was found out about one topic: the schema ids of its keys and values, ready for the next record, and which
 * format and kind of id was beyond doubt. It never decides against a record's own bytes and headers.
 */
final class TopicMemory {
    /** Places for ids of keys, and as many for values; a power of two. A newer id takes the place of an older one. */
    static final int PLACES = 64;

    private final Known[] keys = new Known[PLACES];
    private final Known[] values = new Known[PLACES];
    private Reading settled;

    /** @return the entry of this very id; null where it is not remembered */
    Known find(Role role, WireFormat format, SchemaId.Kind kind, long high, long low) {
        Known entry = places(role)[place(format, high, low)];
        boolean same =
                entry != null && entry.low == low && entry.high == high && entry.format == format && entry.kind == kind;
        return same ? entry : null;
    }

    void remember(Role role, Known entry) {
        places(role)[place(entry.format, entry.high, entry.low)] = entry;
    }

    private Known[] places(Role role) {
        return role == Role.KEY ? keys : values;
    }

    /** Ids that follow each other have places that follow each other. */
    private static int place(WireFormat format, long high, long low) {
        long mixed = low ^ low >>> 32 ^ high ^ high >>> 32;
        return (int) (mixed + 16L * format.ordinal()) & PLACES - 1;
    }

    /** @param reading one that was registered for the topic, when no other was */
    void settle(Reading reading) {
        settled = reading;
    }

    /** @return whether records of this topic were beyond doubt of this format and kind of id */
    boolean isSettled(Reading reading) {
        return settled != null
                && settled.format() == reading.format()
                && settled.id().kind() == reading.id().kind();
    }

    /** One id as it stands in the bytes or headers, and what it means. */
    static final class Known {
        private final WireFormat format;
        private final SchemaId.Kind kind;
        private final long high;
        private final long low;
        private final Schema schema;

        /** @param kind where the record itself names it; null otherwise */
        Known(WireFormat format, SchemaId.Kind kind, long high, long low, Schema schema) {
            this.format = format;
            this.kind = kind;
            this.high = high;
            this.low = low;
            this.schema = schema;
        }

        Schema schema() {
            return schema;
        }
    }
}
