package io.tributary.row;

/** Bytes that are not what their schema says. The message names the place, never the payload. */
public final class MalformedRowException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedRowException(String message) {
        super(message);
    }

    public MalformedRowException(String message, Throwable cause) {
        super(message, cause);
    }
}
