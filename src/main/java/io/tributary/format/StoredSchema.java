package io.tributary.format;

import org.apache.avro.Schema;

/** What is known of a schema id: the parsed schema, or that there is none, or why it cannot be used. Immutable. */
final class StoredSchema {
    private static final StoredSchema MISSING = new StoredSchema(null, null);

    private final Schema schema;
    private final String problem;

    private StoredSchema(Schema schema, String problem) {
        this.schema = schema;
        this.problem = problem;
    }

    static StoredSchema of(Schema schema) {
        return new StoredSchema(schema, null);
    }

    static StoredSchema missing() {
        return MISSING;
    }

    /** @param problem why the registered text is no Avro schema */
    static StoredSchema unusable(String problem) {
        return new StoredSchema(null, problem);
    }

    boolean isUsable() {
        return schema != null;
    }

    boolean isMissing() {
        return schema == null && problem == null;
    }

    /** @return null unless {@link #isUsable()} */
    Schema schema() {
        return schema;
    }

    /** @return null where the schema is usable or missing */
    String problem() {
        return problem;
    }
}
