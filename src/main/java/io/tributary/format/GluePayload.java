package io.tributary.format;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The part of a Glue record after its prefix. The prefix is {@code 03}, a compression byte ({@code 00} none, {@code 05}
 * zlib) and the schema version's UUID (awslabs/aws-glue-schema-registry, {@code AWSSchemaRegistryConstants}).
 */
final class GluePayload implements AutoCloseable {
    static final byte MAGIC = 3;
    static final byte PLAIN = 0;
    static final byte ZLIB = 5;

    private static final int FIRST_SIZE = 1 << 10;

    private final int limit;
    private final Inflater inflater = new Inflater();

    /** @param limit bytes that one payload may have once inflated */
    GluePayload(int limit) {
        this.limit = limit;
    }

    /**
     * @return the bytes inflated
     * @throws DataFormatException where they are no whole zlib stream
     * @throws TooLargeException where they would be larger than the limit
     */
    byte[] inflate(byte[] bytes, int offset) throws DataFormatException, TooLargeException {
        inflater.reset();
        inflater.setInput(bytes, offset, bytes.length - offset);
        byte[] out = new byte[Math.min(limit, FIRST_SIZE)];
        int length = 0;
        while (!inflater.finished()) {
            if (length == out.length) {
                if (length >= limit) {
                    throw new TooLargeException();
                }
                out = Arrays.copyOf(out, (int) Math.min(limit, out.length * 2L));
            }
            int read = inflater.inflate(out, length, out.length - length);
            length += read;
            if (read == 0 && !inflater.finished()) {
                throw new DataFormatException(
                        inflater.needsDictionary() ? "it needs a dictionary" : "it ends before its last block");
            }
        }
        if (inflater.getRemaining() > 0) {
            throw new DataFormatException("it is followed by " + inflater.getRemaining() + " more bytes");
        }
        return Arrays.copyOf(out, length);
    }

    @Override
    public void close() {
        inflater.end();
    }

    /** Larger than the limit. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
