package io.tributary.row;

/** Reads rows of one {@link RowSchema} straight from their Avro bytes: a plan that is resolved once per schema. */
public interface RowReader {
    /**
     * Reads one row. Not thread-safe.
     *
     * @param bytes holds the row from {@code offset} on, {@code length} bytes
     * @param values receives, for each column of the schema, its value (see {@link ColumnType}), null,
     *     {@link Values#UNAVAILABLE} or a {@link Values.Rescued}; entries of columns that this reader was not asked
     *     for are left alone
     * @throws MalformedRowException where the bytes are no such row
     */
    void read(byte[] bytes, int offset, int length, Object[] values) throws MalformedRowException;
}
