package io.tributary.debezium;

import io.tributary.row.AvroInput;
import io.tributary.row.MalformedRowException;
import io.tributary.row.RowSchema;
import io.tributary.row.RowSchemas;
import io.tributary.row.Skipper;
import io.tributary.row.Skippers;
import io.tributary.row.UnsupportedSchemaException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The before- or after-image of an envelope: where its bytes are and what they were written with. Not thread-safe. */
final class RowImage {
    private final String name;
    private final Schema record;
    private final Skipper skipper;
    private final int branches;
    private final int recordBranch;
    private final Map<List<String>, RowSchema> schemas = new HashMap<>();
    private List<String> lastKeyColumns;
    private RowSchema lastSchema;
    private boolean present;
    private int offset;
    private int length;
    private boolean complete;

    private RowImage(String name, Schema record, int branches, int recordBranch) throws UnsupportedSchemaException {
        this.name = name;
        this.record = record;
        this.skipper = Skippers.of(record, name);
        this.branches = branches;
        this.recordBranch = recordBranch;
    }

    /** @throws UnsupportedSchemaException where the field is neither a record nor a record or null */
    static RowImage of(Schema.Field field) throws UnsupportedSchemaException {
        Schema schema = field.schema();
        if (schema.getType() == Schema.Type.RECORD) {
            return new RowImage(field.name(), schema, 0, 0);
        }
        if (schema.isUnion() && schema.getTypes().size() == 2 && schema.isNullable()) {
            int branch = schema.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0;
            if (schema.getTypes().get(branch).getType() == Schema.Type.RECORD) {
                return new RowImage(field.name(), schema.getTypes().get(branch), 2, branch);
            }
        }
        throw new UnsupportedSchemaException(
                "the envelope's " + field.name() + " is no record but " + schema.getType());
    }

    /** @param record the schema of a value that is the row itself */
    static RowImage whole(Schema record) throws UnsupportedSchemaException {
        return new RowImage("row", record, 0, 0);
    }

    /** Notes where the row is, in place of {@link #read}. */
    void found(int offset, int length, boolean complete) {
        this.present = true;
        this.offset = offset;
        this.length = length;
        this.complete = complete;
    }

    void forget() {
        present = false;
    }

    void read(AvroInput in) throws MalformedRowException {
        try {
            present = branches == 0 || in.readBranch(branches) == recordBranch;
            if (present) {
                int start = in.position();
                in.forgetPlaceholder();
                skipper.skip(in);
                found(start, in.position() - start, !in.placeholderSeen());
            }
        } catch (MalformedRowException e) {
            throw e.in(name);
        }
    }

    boolean isPresent() {
        return present;
    }

    /**
     * @param keyColumns best one and the same list for all rows of a table: then nothing is looked up
     * @throws UnsupportedSchemaException where the record has no such columns, or columns without a lake type
     */
    RowSchema schema(List<String> keyColumns) throws UnsupportedSchemaException {
        if (keyColumns != lastKeyColumns) {
            RowSchema schema = schemas.get(keyColumns);
            if (schema == null) {
                schema = RowSchemas.of(record, keyColumns);
                schemas.put(keyColumns, schema);
            }
            lastSchema = schema;
            lastKeyColumns = keyColumns;
        }
        return lastSchema;
    }

    boolean hasColumn(String name) {
        return record.getField(name) != null;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** @return whether no column holds the placeholder of unavailable values */
    boolean isComplete() {
        return complete;
    }
}
