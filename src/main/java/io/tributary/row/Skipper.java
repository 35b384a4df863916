package io.tributary.row;

/** Passes over one value without reading it. Free of state, so that it can be shared. */
@FunctionalInterface
public interface Skipper {
    /** @throws MalformedRowException where no such value follows */
    void skip(AvroInput in) throws MalformedRowException;
}
