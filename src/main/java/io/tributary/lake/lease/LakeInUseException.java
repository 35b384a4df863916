package io.tributary.lake.lease;

import java.io.IOException;

/** The lake has another writer, which is alive. */
public final class LakeInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    LakeInUseException(String message) {
        super(message);
    }
}
