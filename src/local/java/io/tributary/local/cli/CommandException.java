package io.tributary.local.cli;

/** A command could not do its work. The message is for the one who called it: what, where, why, and what to do next. */
public class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
