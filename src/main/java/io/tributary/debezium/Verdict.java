package io.tributary.debezium;

import io.tributary.deadletter.DeadLetter;
import io.tributary.source.RawRecord;

/**
 * Holds what became of a record until it is known for sure, so that a failure of whoever is told is not taken for one of
 * the record.
 */
final class Verdict {
    private ChangeEvent event;
    private SkipReason skipReason;
    private DeadLetter letter;

    static Verdict change(ChangeEvent event) {
        Verdict verdict = new Verdict();
        verdict.event = event;
        return verdict;
    }

    static Verdict skip(SkipReason reason) {
        Verdict verdict = new Verdict();
        verdict.skipReason = reason;
        return verdict;
    }

    static Verdict reject(DeadLetter letter) {
        Verdict verdict = new Verdict();
        verdict.letter = letter;
        return verdict;
    }

    void tell(RawRecord record, EventSink sink) {
        if (event != null) {
            sink.change(event);
        } else if (skipReason != null) {
            sink.skip(record, skipReason);
        } else {
            sink.reject(letter);
        }
    }
}
