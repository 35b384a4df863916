package io.tributary.preflight;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What an error says to people. */
final class Causes {
    private Causes() {}

    /** @return the error that others only wrap */
    static Throwable unwrapped(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** @return its class and message, on one line */
    static String text(Throwable error) {
        Throwable cause = unwrapped(error);
        String message =
                cause.getMessage() == null ? "" : ": " + cause.getMessage().replaceAll("\\s+", " ");
        return cause.getClass().getSimpleName() + message;
    }
}
