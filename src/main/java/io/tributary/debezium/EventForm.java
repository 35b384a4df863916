package io.tributary.debezium;

import io.tributary.row.AvroInput;
import io.tributary.row.MalformedRowException;

/** A form that changes come in: it knows where in the bytes the header and the row's images are. Not thread-safe. */
interface EventForm {
    /**
     * Walks over the value once.
     *
     * @param in at the start of the value; at its end afterwards
     * @param header is filled
     */
    void read(AvroInput in, EventHeader header) throws MalformedRowException;

    /** @return the operation of an event that names none; null where each event must name one */
    Op unnamedOperation();

    /** @return the row after the change; null where this value has none */
    RowImage after();

    /** @return the row before the change; null where this value has none */
    RowImage before();
}
