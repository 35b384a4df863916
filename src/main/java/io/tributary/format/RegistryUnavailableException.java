package io.tributary.format;

/** The schema registry did not answer, or not sensibly, after all retries. Says nothing about the record. */
public final class RegistryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
