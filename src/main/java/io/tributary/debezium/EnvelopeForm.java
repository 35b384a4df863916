package io.tributary.debezium;

import io.tributary.row.AvroInput;
import io.tributary.row.MalformedRowException;
import io.tributary.row.UnsupportedSchemaException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * Debezium's change event with {@code before}, {@code after}, {@code source} and {@code op}, in any order:
 * https://debezium.io/documentation/reference/2.7/connectors/postgresql.html#postgresql-change-event-values
 */
final class EnvelopeForm implements EventForm {
    /** One field of the envelope. */
    private interface Step {
        void read(AvroInput in, EventHeader header) throws MalformedRowException;
    }

    private final List<Step> steps = new ArrayList<>();
    private RowImage before;
    private RowImage after;

    EnvelopeForm(Schema envelope) throws UnsupportedSchemaException {
        for (Schema.Field field : envelope.getFields()) {
            steps.add(step(field));
        }
    }

    /** @return whether a record has what makes an envelope: an operation and a source block */
    static boolean is(Schema record) {
        Schema.Field op = record.getField("op");
        Schema.Field source = record.getField("source");
        return op != null && source != null && recordOf(source.schema()) != null;
    }

    private Step step(Schema.Field field) throws UnsupportedSchemaException {
        switch (field.name()) {
            case "before":
                before = RowImage.of(field);
                return (in, header) -> before.read(in);
            case "after":
                after = RowImage.of(field);
                return (in, header) -> after.read(in);
            case "source":
                return block(field, MetaField::ofSource);
            case "transaction":
                return recordOf(field.schema()) == null
                        ? HeaderField.of(field, null)::read
                        : block(field, name -> name.equals("total_order") ? MetaField.TOTAL_ORDER : null);
            default:
                return HeaderField.of(field, field.name().equals("op") ? MetaField.OP : null)::read;
        }
    }

    private static Step block(Schema.Field field, Function<String, MetaField> facts) throws UnsupportedSchemaException {
        Schema schema = field.schema();
        int branches = schema.isUnion() ? schema.getTypes().size() : 0;
        int branch = branches == 0 ? 0 : schema.getTypes().indexOf(recordOf(schema));
        List<HeaderField> fields = new ArrayList<>();
        for (Schema.Field each : recordOf(schema).getFields()) {
            fields.add(HeaderField.of(each, facts.apply(each.name())));
        }
        return (in, header) -> {
            try {
                if (branches == 0 || in.readBranch(branches) == branch) {
                    for (HeaderField each : fields) {
                        each.read(in, header);
                    }
                }
            } catch (MalformedRowException e) {
                throw e.in(field.name());
            }
        };
    }

    /** @return the record of a field that is a record, or a record and null; else null */
    private static Schema recordOf(Schema schema) {
        if (schema.getType() == Schema.Type.RECORD) {
            return schema;
        }
        if (schema.isUnion() && schema.getTypes().size() == 2 && schema.isNullable()) {
            Schema value = schema.getTypes().get(schema.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0);
            return value.getType() == Schema.Type.RECORD ? value : null;
        }
        return null;
    }

    @Override
    public void read(AvroInput in, EventHeader header) throws MalformedRowException {
        if (before != null) {
            before.forget();
        }
        if (after != null) {
            after.forget();
        }
        for (Step step : steps) {
            step.read(in, header);
        }
        in.expectEnd();
    }

    @Override
    public Op unnamedOperation() {
        return null;
    }

    @Override
    public RowImage after() {
        return after != null && after.isPresent() ? after : null;
    }

    @Override
    public RowImage before() {
        return before != null && before.isPresent() ? before : null;
    }
}
