package io.tributary.aggregate;

/** A row that cannot be counted. The message names column, type and what to do; it holds no payload. */
final class UncountableException extends Exception {
    private static final long serialVersionUID = 1L;

    UncountableException(String message) {
        super(message);
    }
}
