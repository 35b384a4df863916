package io.tributary.format;

import io.tributary.deadletter.Reason;
import java.util.Objects;

/** A record that cannot be decoded, however often it is tried. The message is for people and holds no payload but its first bytes in hex. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public UndecodableException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
