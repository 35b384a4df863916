package io.tributary.row;

import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.Schema;

/** Reads rows by a plan: for each field of the record either a reader and the column it fills, or a skipper. */
final class PlannedRowReader implements RowReader {
    private final AvroInput in = new AvroInput();
    private final String[] names;
    private final ValueReader[] readers;
    private final Skipper[] skippers;
    private final int[] columns;

    PlannedRowReader(RowSchema schema, Predicate<String> wanted) {
        List<Schema.Field> fields = schema.avro().getFields();
        names = new String[fields.size()];
        readers = new ValueReader[fields.size()];
        skippers = new Skipper[fields.size()];
        columns = new int[fields.size()];
        try {
            for (Schema.Field field : fields) {
                names[field.pos()] = field.name();
                skippers[field.pos()] = Skippers.of(field.schema(), field.name());
            }
            for (int column = 0; column < schema.columns().size(); column++) {
                if (wanted.test(schema.columns().get(column).name())) {
                    Schema.Field field = fields.get(schema.field(column));
                    readers[field.pos()] =
                            ColumnTypes.of(field.schema(), field.name()).reader();
                    columns[field.pos()] = column;
                }
            }
        } catch (UnsupportedSchemaException e) {
            throw new IllegalArgumentException("a row schema that was not made by RowSchemas: " + e.getMessage(), e);
        }
    }

    @Override
    public void read(byte[] bytes, int offset, int length, Object[] values) throws MalformedRowException {
        in.reset(bytes, offset, length);
        for (int i = 0; i < readers.length; i++) {
            try {
                if (readers[i] == null) {
                    skippers[i].skip(in);
                } else {
                    values[columns[i]] = readers[i].read(in);
                }
            } catch (MalformedRowException e) {
                throw e.in(names[i]);
            }
        }
        in.expectEnd();
    }
}
