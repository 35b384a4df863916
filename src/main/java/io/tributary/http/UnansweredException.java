package io.tributary.http;

/** A server did not answer, or not in a way that could be taken in, after all attempts. The message names it and says why. */
public final class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnansweredException(String message, Throwable cause) {
        super(message, cause);
    }
}
