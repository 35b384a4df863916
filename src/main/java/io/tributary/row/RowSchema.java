package io.tributary.row;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * One version of a table's rows: how their bytes are encoded (the writer's Avro record) and which columns they have.
 * Immutable and interned by its maker, so that operators may cache plans by identity of {@link #id()}.
 */
public final class RowSchema {
    private final String id;
    private final Schema avro;
    private final List<Column> columns;
    private final int[] fields;
    private final List<String> keyColumns;

    /**
     * @param id equal for equal schemas and different for different ones, across processes (a fingerprint)
     * @param avro the record that the row's bytes were written with
     * @param columns the table's columns, in the order of the record; Debezium's own {@code __} fields are none
     * @param fields for each column the position of its field in {@code avro}
     * @param keyColumns names of the key's columns, in key order; never empty, each one among {@code columns}
     */
    public RowSchema(String id, Schema avro, List<Column> columns, int[] fields, List<String> keyColumns) {
        this.id = Objects.requireNonNull(id, "id");
        this.avro = Objects.requireNonNull(avro, "avro");
        this.columns = Collections.unmodifiableList(columns);
        this.fields = fields;
        this.keyColumns = Collections.unmodifiableList(keyColumns);
        if (fields.length != columns.size()) {
            throw new IllegalArgumentException(columns.size() + " columns but " + fields.length + " fields");
        }
    }

    public String id() {
        return id;
    }

    public Schema avro() {
        return avro;
    }

    public List<Column> columns() {
        return columns;
    }

    /** @return the position in the Avro record of the column at {@code index} */
    public int field(int index) {
        return fields[index];
    }

    public List<String> keyColumns() {
        return keyColumns;
    }

    /** @return the column's position among {@link #columns()}, or -1 */
    public int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowSchema && ((RowSchema) other).id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return columns + " key " + keyColumns;
    }
}
