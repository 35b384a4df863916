package io.tributary.row;

import java.util.Set;

/** Resolves {@link RowReader}s: one reader or skipper per field, once per schema. */
public final class RowReaders {
    private RowReaders() {}

    /** @return a reader of all columns; not to be shared between threads */
    public static RowReader of(RowSchema schema) {
        return new PlannedRowReader(schema, column -> true);
    }

    /**
     * @param wantedColumns the columns that are read; the others are skipped and their entries left alone. Names that
     *     the schema does not have are ignored: older and newer versions of a table differ
     */
    public static RowReader of(RowSchema schema, Set<String> wantedColumns) {
        return new PlannedRowReader(schema, wantedColumns::contains);
    }
}
