package io.tributary.preflight;

/** A check before the start has failed. The page of findings, which says what to do, has been printed before. */
public final class PreflightFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PreflightFailedException(String message) {
        super(message);
    }
}
