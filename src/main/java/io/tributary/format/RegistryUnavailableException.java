package io.tributary.format;

import io.tributary.http.UnansweredException;

/** The schema registry did not answer, or not sensibly, after all retries. Says nothing about the record. */
public final class RegistryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    static RegistryUnavailableException unanswered(UnansweredException e) {
        return new RegistryUnavailableException(
                "The schema registry at " + e.getMessage()
                        + " No record is lost; the job goes on once the registry answers.",
                e);
    }
}
