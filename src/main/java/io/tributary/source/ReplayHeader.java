package io.tributary.source;

import java.nio.charset.StandardCharsets;

/**
 * The header of a message that was sent in again: where it was the first time, {@code <partition>@<offset>} in UTF-8. In
 * the order of a row's changes that offset counts, not the new one: a row that has no other place than its offset must not
 * be newer than what came after it. All changes of a row are in one partition, so their first offsets tell their order
 * wherever they are sent again.
 */
public final class ReplayHeader {
    public static final String NAME = "tributary.replayed";

    private static final int MAX_LENGTH = 32;
    private static final long NONE = -1;

    private ReplayHeader() {}

    /** @return the header's value for a record that is sent again: of its first place, however often that is done */
    public static byte[] of(RawRecord record) {
        byte[] value = record.headers().last(NAME);
        return offset(value) == NONE
                ? (record.partition() + "@" + record.offset()).getBytes(StandardCharsets.UTF_8)
                : value;
    }

    /**
     * @param record of Kafka
     * @return the offset of the message's first place; its own where it was not sent again, or the header is no such
     *     text
     */
    public static long firstOffset(RawRecord record) {
        long first = offset(record.headers().last(NAME));
        return first == NONE ? record.offset() : first;
    }

    private static long offset(byte[] value) {
        if (value == null || value.length > MAX_LENGTH) {
            return NONE;
        }
        String text = new String(value, StandardCharsets.UTF_8);
        if (!text.matches("[0-9]{1,10}@[0-9]{1,19}")) {
            return NONE;
        }
        try {
            return Long.parseLong(text.substring(text.indexOf('@') + 1));
        } catch (NumberFormatException tooLarge) {
            return NONE;
        }
    }
}
