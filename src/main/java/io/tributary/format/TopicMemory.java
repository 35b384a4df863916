package io.tributary.format;

import io.tributary.config.RegistryOptions.WireFormat;
import org.apache.avro.Schema;

/**
 * What was found out about one topic: the last few schema ids of its keys and values, ready for the next record, and which
 * format and kind of id was beyond doubt. It never decides against a record's own bytes and headers.
 */
final class TopicMemory {
    private static final int REMEMBERED = 8;

    private final Known[] keys = new Known[REMEMBERED];
    private final Known[] values = new Known[REMEMBERED];
    private int nextKey;
    private int nextValue;
    private Reading settled;

    /** @return the entry of this very id; null where it is not remembered */
    Known find(Role role, WireFormat format, SchemaId.Kind kind, long high, long low) {
        Known[] known = role == Role.KEY ? keys : values;
        for (Known entry : known) {
            if (entry == null) {
                return null;
            } else if (entry.low == low && entry.high == high && entry.format == format && entry.kind == kind) {
                return entry;
            }
        }
        return null;
    }

    void remember(Role role, Known entry) {
        if (role == Role.KEY) {
            keys[nextKey] = entry;
            nextKey = (nextKey + 1) % REMEMBERED;
        } else {
            values[nextValue] = entry;
            nextValue = (nextValue + 1) % REMEMBERED;
        }
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
