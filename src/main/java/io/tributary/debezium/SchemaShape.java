package io.tributary.debezium;

import io.tributary.row.UnsupportedSchemaException;
import org.apache.avro.Schema;

/**
 * What the values of a schema are to the job: changes in one of two forms, or something to pass over. Told by the schema
 * alone, once.
 */
final class SchemaShape {
    private final SkipReason skipReason;
    private final EventForm form;
    private final String refusal;

    private SchemaShape(SkipReason skipReason, EventForm form, String refusal) {
        this.skipReason = skipReason;
        this.form = form;
        this.refusal = refusal;
    }

    static SchemaShape of(Schema schema) {
        SkipReason reason = skipReason(schema);
        if (reason != null) {
            return new SchemaShape(reason, null, null);
        }
        if (schema.getType() != Schema.Type.RECORD) {
            return new SchemaShape(
                    null,
                    null,
                    "the value's schema is " + schema.getType().getName()
                            + " and no record; only Debezium's envelope and flattened rows are taken");
        }
        try {
            EventForm form = EnvelopeForm.is(schema) ? new EnvelopeForm(schema) : new FlattenedForm(schema);
            return new SchemaShape(null, form, null);
        } catch (UnsupportedSchemaException e) {
            return new SchemaShape(null, null, e.getMessage());
        }
    }

    /** By the names that Debezium gives the schemas of the messages beside its change events. */
    private static SkipReason skipReason(Schema schema) {
        String connect = schema.getProp("connect.name");
        String name = connect != null || schema.getType() != Schema.Type.RECORD ? connect : schema.getFullName();
        if (name == null || !name.startsWith("io.debezium.connector.")) {
            return null;
        }
        if (name.endsWith(".SchemaChangeValue") || name.endsWith(".SchemaChangeKey")) {
            return SkipReason.SCHEMA_CHANGE;
        }
        if (name.endsWith(".Heartbeat") || name.endsWith(".ServerNameKey")) {
            return SkipReason.HEARTBEAT;
        }
        return name.endsWith(".TransactionMetadataValue") || name.endsWith(".TransactionMetadataKey")
                ? SkipReason.TRANSACTION
                : null;
    }

    /** @return why the values are passed over; null where they are changes, or refused */
    SkipReason skipReason() {
        return skipReason;
    }

    /** @return the form of the changes; null where the values are passed over or refused */
    EventForm form() {
        return form;
    }

    /** @return why values of this schema cannot be taken; null where they can */
    String refusal() {
        return refusal;
    }
}
