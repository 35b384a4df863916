package io.tributary.row;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A cursor over Avro binary (https://avro.apache.org/docs/1.11.1/specification/#binary-encoding) that believes nothing:
 * every length is checked against the bytes that are left before anything is allocated. Not thread-safe; one instance
 * serves many rows.
 *
 * <p>It also watches out for Debezium's placeholder of unavailable values while it skips: a comparison of the length,
 * so that a row can be known to be complete without reading it.
 */
public final class AvroInput {
    private static final byte[] PLACEHOLDER = Placeholder.TEXT.getBytes(StandardCharsets.UTF_8);

    private byte[] buffer = new byte[0];
    private int start;
    private int position;
    private int end;
    private boolean placeholderSeen;

    /** Starts over at {@code offset} of {@code bytes}; nothing beyond {@code length} bytes is read. */
    public AvroInput reset(byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || offset > bytes.length - length) {
            throw new IndexOutOfBoundsException(offset + " + " + length + " of " + bytes.length);
        }
        buffer = bytes;
        start = offset;
        position = offset;
        end = offset + length;
        placeholderSeen = false;
        return this;
    }

    /** @return the index in the array of the next byte */
    public int position() {
        return position;
    }

    /** Goes back to a {@link #position()} of the same row. */
    public void seek(int earlierPosition) {
        if (earlierPosition < start || earlierPosition > position) {
            throw new IndexOutOfBoundsException(earlierPosition + " of " + start + " to " + position);
        }
        position = earlierPosition;
    }

    public int remaining() {
        return end - position;
    }

    public byte[] buffer() {
        return buffer;
    }

    /** @return whether a text or a byte string was skipped, since the last {@link #forgetPlaceholder()}, that is the placeholder */
    public boolean placeholderSeen() {
        return placeholderSeen;
    }

    public void forgetPlaceholder() {
        placeholderSeen = false;
    }

    void markPlaceholder() {
        placeholderSeen = true;
    }

    public boolean readBoolean() throws MalformedRowException {
        need(1);
        byte value = buffer[position];
        if (value != 0 && value != 1) {
            throw malformed("a boolean that is neither 0 nor 1");
        }
        position++;
        return value == 1;
    }

    public int readInt() throws MalformedRowException {
        long value = readLong();
        if (value != (int) value) {
            throw malformed("an int of more than 32 bits");
        }
        return (int) value;
    }

    public long readLong() throws MalformedRowException {
        long raw = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            byte next = buffer[position++];
            if (shift == 63 && (next & 0xFE) != 0) {
                break;
            }
            raw |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw malformed("a number of more than 64 bits");
    }

    public float readFloat() throws MalformedRowException {
        need(4);
        int bits = (buffer[position] & 0xFF)
                | (buffer[position + 1] & 0xFF) << 8
                | (buffer[position + 2] & 0xFF) << 16
                | (buffer[position + 3] & 0xFF) << 24;
        position += 4;
        return Float.intBitsToFloat(bits);
    }

    public double readDouble() throws MalformedRowException {
        need(8);
        long bits = 0;
        for (int i = 7; i >= 0; i--) {
            bits = bits << 8 | (buffer[position + i] & 0xFF);
        }
        position += 8;
        return Double.longBitsToDouble(bits);
    }

    /** @return the length of a string or byte string, of which at least that many bytes are left */
    public int readLength() throws MalformedRowException {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw malformed("a length of " + length + " where " + remaining() + " bytes are left");
        }
        return (int) length;
    }

    /**
     * @param branches how many branches the union has
     * @return the index of the branch that follows
     */
    public int readBranch(int branches) throws MalformedRowException {
        long branch = readLong();
        if (branch < 0 || branch >= branches) {
            throw malformed("branch " + branch + " of a union of " + branches);
        }
        return (int) branch;
    }

    /**
     * The head of a block of an array or map.
     *
     * @return how many items follow, 0 at the end; each takes at least one byte, so there are no more than bytes left
     */
    public int readBlock() throws MalformedRowException {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = count == Long.MIN_VALUE ? Long.MAX_VALUE : -count;
        }
        if (count > remaining()) {
            throw malformed("a block of " + count + " items where " + remaining() + " bytes are left");
        }
        return (int) count;
    }

    /** @throws MalformedRowException also where the bytes are not UTF-8 */
    public String readString() throws MalformedRowException {
        int length = readLength();
        String text = new String(buffer, position, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(text, length)) {
            throw malformed("a string that is not UTF-8");
        }
        position += length;
        return text;
    }

    public byte[] readBytes() throws MalformedRowException {
        return readFixed(readLength());
    }

    public byte[] readFixed(int length) throws MalformedRowException {
        need(length);
        byte[] bytes = Arrays.copyOfRange(buffer, position, position + length);
        position += length;
        return bytes;
    }

    /** @param length of a two's complement, big-endian number, at least 1 */
    BigInteger readUnscaled(int length) throws MalformedRowException {
        need(length);
        BigInteger value = new BigInteger(buffer, position, length);
        position += length;
        return value;
    }

    /** Skips a string or byte string, and notes whether it is the placeholder. */
    public void skipText() throws MalformedRowException {
        int length = readLength();
        if (length == PLACEHOLDER.length && matches(PLACEHOLDER)) {
            placeholderSeen = true;
        }
        position += length;
    }

    public void skip(int length) throws MalformedRowException {
        need(length);
        position += length;
    }

    /** @return whether the next string or byte string is the placeholder; consumes it only then */
    boolean skipPlaceholder() throws MalformedRowException {
        int before = position;
        if (readLength() == PLACEHOLDER.length && matches(PLACEHOLDER)) {
            position += PLACEHOLDER.length;
            return true;
        }
        position = before;
        return false;
    }

    /** @return whether exactly the bytes of {@code expected} follow; consumes nothing */
    public boolean matches(byte[] expected) {
        return expected.length <= remaining()
                && Arrays.equals(buffer, position, position + expected.length, expected, 0, expected.length);
    }

    /** @throws MalformedRowException where bytes are left: they were written with another schema */
    public void expectEnd() throws MalformedRowException {
        if (position != end) {
            throw malformed("the end of the row, but " + remaining() + " bytes are left");
        }
    }

    /** @return the error, with the place counted from the start of the row */
    public MalformedRowException malformed(String found) {
        return new MalformedRowException("found " + found + " at byte " + (position - start) + " of " + (end - start));
    }

    private boolean isUtf8(String text, int length) {
        byte[] again = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(buffer, position, position + length, again, 0, again.length);
    }

    private void need(int bytes) throws MalformedRowException {
        if (bytes > end - position) {
            throw malformed("the end of the bytes, " + (bytes - (end - position)) + " too early,");
        }
    }
}
