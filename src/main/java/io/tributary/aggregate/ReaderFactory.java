package io.tributary.aggregate;

import io.tributary.row.RowReader;
import io.tributary.row.RowSchema;
import java.io.Serializable;
import java.util.Set;

/** Makes a reader for some columns of a schema's rows. */
@FunctionalInterface
interface ReaderFactory extends Serializable {
    RowReader readerOf(RowSchema schema, Set<String> wanted);
}
