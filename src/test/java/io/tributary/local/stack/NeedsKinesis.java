package io.tributary.local.stack;

import org.junit.jupiter.api.Assumptions;

/** Skips a test where the local Kinesis cannot run, and says so where people look: the reports alone are easily missed. */
public final class NeedsKinesis {
    private NeedsKinesis() {}

    public static void orSkip() {
        LocalKinesis.missing().ifPresent(what -> {
            System.err.println("Tests of Kinesis are skipped. " + what);
            Assumptions.abort(what);
        });
    }
}
