package io.tributary.deadletter;

/** More records became dead letters than the configuration allows; the job stops, nothing is lost. */
public final class TooManyDeadLettersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TooManyDeadLettersException(String message) {
        super(message);
    }
}
