package io.tributary.debezium;

import io.tributary.row.AvroInput;
import io.tributary.row.MalformedRowException;
import io.tributary.row.UnsupportedSchemaException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A row that ExtractNewRecordState has unwrapped: columns and {@code __} fields side by side, in any order
 * (https://debezium.io/documentation/reference/2.7/transformations/event-flattening.html). The row of a delete is the
 * before-image ({@code delete.handling.mode=rewrite}).
 */
final class FlattenedForm implements EventForm {
    private final List<HeaderField> fields = new ArrayList<>();
    private final RowImage row;

    FlattenedForm(Schema record) throws UnsupportedSchemaException {
        for (Schema.Field field : record.getFields()) {
            fields.add(HeaderField.of(field, MetaField.ofFlattened(field.name())));
        }
        row = RowImage.whole(record);
    }

    @Override
    public void read(AvroInput in, EventHeader header) throws MalformedRowException {
        row.forget();
        int start = in.position();
        in.forgetPlaceholder();
        for (HeaderField field : fields) {
            field.read(in, header);
        }
        in.expectEnd();
        row.found(start, in.position() - start, !in.placeholderSeen());
    }

    /** Without {@code add.fields=op} a row is an upsert, unless {@code __deleted} says otherwise. */
    @Override
    public Op unnamedOperation() {
        return Op.UPDATE;
    }

    @Override
    public RowImage after() {
        return row;
    }

    @Override
    public RowImage before() {
        return row;
    }
}
