package io.tributary.deadletter;

import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import io.tributary.source.RawRecords;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Dead letters for tests. */
final class DeadLetters {
    private DeadLetters() {}

    static DeadLetter at(long offset) {
        return new DeadLetter(
                RawRecord.ofKafka("t", 0, offset, 0, new byte[] {1}, new byte[] {2}, Headers.NONE),
                Stage.DECODE,
                Reason.MALFORMED,
                "It is cut off.");
    }

    static Arbitrary<DeadLetter> any() {
        return Combinators.combine(
                        RawRecords.any(),
                        Arbitraries.of(Stage.class),
                        Arbitraries.of(Reason.class),
                        Arbitraries.strings().ofMaxLength(30))
                .as(DeadLetter::new);
    }
}
