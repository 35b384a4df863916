package io.tributary.format;

import io.tributary.source.RawRecord;

/** Takes the wire format off a record's key or value: finds the schema, leaves the Avro bytes in place. */
public interface WireDecoder {
    /**
     * @param record whose key is not null
     * @throws UndecodableException where the bytes are of no known format, or their schema does not exist: a dead letter
     * @throws RegistryUnavailableException where the registry does not answer: the record must be tried again later
     */
    Encoded key(RawRecord record) throws UndecodableException;

    /**
     * @param record whose value is not null
     * @throws UndecodableException where the bytes are of no known format, or their schema does not exist: a dead letter
     * @throws RegistryUnavailableException where the registry does not answer: the record must be tried again later
     */
    Encoded value(RawRecord record) throws UndecodableException;
}
