package io.tributary.local.cli;

/** A command was called wrongly. The message says how, and what is allowed. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
