package io.tributary.row;

/** Reads one value. Free of state, so that it can be shared. */
@FunctionalInterface
interface ValueReader {
    /**
     * @return the value as {@link ColumnType} has it, null, {@link Values#UNAVAILABLE} or a {@link Values.Rescued}
     * @throws MalformedRowException where no such value follows
     */
    Object read(AvroInput in) throws MalformedRowException;
}
