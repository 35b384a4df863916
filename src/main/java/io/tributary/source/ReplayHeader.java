package io.tributary.source;

import java.nio.charset.StandardCharsets;

/**
 * The header of a message that was sent in again: where in its topic it was the first time, {@code <partition>@<offset>}
 * in UTF-8. In the order of a row's changes that offset counts, not the new one: a row that has no other place than its
 * offset must not be newer than what came after it.
 *
 * <p>It counts in the partition that it names only; offsets of others say nothing here.
 */
public final class ReplayHeader {
    public static final String NAME = "tributary.replayed";

    private static final int MAX_LENGTH = 32;

    private ReplayHeader() {}

    /** @return the header's value for a record that is sent again: of its first place, however often that is done */
    public static byte[] of(RawRecord record) {
        return (record.partition() + "@" + firstOffset(record)).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param record of Kafka
     * @return the offset of the message's first place; its own where it was not sent again, or the header is no such
     *     text
     */
    public static long firstOffset(RawRecord record) {
        byte[] value = record.headers().last(NAME);
        if (value == null || value.length > MAX_LENGTH) {
            return record.offset();
        }
        String text = new String(value, StandardCharsets.UTF_8);
        String partition = record.partition() + "@";
        if (!text.startsWith(partition)) {
            return record.offset();
        }
        try {
            long offset = Long.parseLong(text.substring(partition.length()));
            return offset < 0 ? record.offset() : offset;
        } catch (NumberFormatException foreign) {
            return record.offset();
        }
    }
}
