package io.tributary.lake.lease;

import java.io.IOException;

/** The lake has another writer now: this job must not write to it any more. */
public final class LeaseLostException extends IOException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String message) {
        super(message);
    }
}
