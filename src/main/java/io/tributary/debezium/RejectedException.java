package io.tributary.debezium;

import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;

/** A record that becomes a dead letter. Carries no stack trace: it is an outcome and no accident. */
final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Stage stage;
    private final Reason reason;

    RejectedException(Stage stage, Reason reason, String message) {
        super(message, null, false, false);
        this.stage = stage;
        this.reason = reason;
    }

    Stage stage() {
        return stage;
    }

    Reason reason() {
        return reason;
    }
}
