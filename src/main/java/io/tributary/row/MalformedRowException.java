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

    /** @return this error with the name of the field that it was met in put before it: {@code after.amount: found ...} */
    public MalformedRowException in(String field) {
        String joint = getMessage().startsWith("found ") ? ": " : ".";
        return new MalformedRowException(field + joint + getMessage(), this);
    }
}
