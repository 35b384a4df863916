package io.tributary.format;

import java.util.Objects;
import java.util.UUID;

/** A schema's name in a registry: a number in one of three spaces, or Glue's UUID. Immutable. */
final class SchemaId {
    /** The spaces; the same number means different schemas in different spaces. */
    enum Kind {
        /** Apicurio: one number per version of an artifact. */
        GLOBAL("globalId"),
        /** Apicurio: one number per content, shared by versions with the same text. */
        CONTENT("contentId"),
        /** The Confluent API has one space; what it holds is the server's choice. */
        CONFLUENT("id"),
        /** Glue: SchemaVersionId. */
        GLUE("schema version id");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private final Kind kind;
    private final long high;
    private final long low;

    private SchemaId(Kind kind, long high, long low) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.high = high;
        this.low = low;
    }

    static SchemaId of(Kind kind, long number) {
        return new SchemaId(kind, 0, number);
    }

    static SchemaId glue(long high, long low) {
        return new SchemaId(Kind.GLUE, high, low);
    }

    Kind kind() {
        return kind;
    }

    /** @return the number; of a UUID the lower half */
    long number() {
        return low;
    }

    UUID uuid() {
        return new UUID(high, low);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof SchemaId)) {
            return false;
        }
        SchemaId that = (SchemaId) other;
        return kind == that.kind && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return (Long.hashCode(high) * 31 + Long.hashCode(low)) * 31 + kind.ordinal();
    }

    /** @return e.g. {@code globalId 14} */
    @Override
    public String toString() {
        return kind.label() + " " + (kind == Kind.GLUE ? uuid().toString() : Long.toString(low));
    }
}
