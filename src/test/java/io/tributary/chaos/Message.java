package io.tributary.chaos;

/**
 * A message before it has a wire format.
 *
 * @param connector number of the source that sends it
 * @param key null where there is none
 * @param value null for a tombstone
 * @param poison bytes of no format, in place of the value; null for none
 */
record Message(
        int connector,
        String topic,
        int partition,
        EventEncoder.Encoded key,
        EventEncoder.Encoded value,
        byte[] poison) {}
