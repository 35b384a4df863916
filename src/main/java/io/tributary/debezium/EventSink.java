package io.tributary.debezium;

import io.tributary.deadletter.DeadLetter;
import io.tributary.source.RawRecord;

/** What becomes of a record: exactly one of these calls is made for each. */
public interface EventSink {
    void change(ChangeEvent event);

    /** The record carries nothing for the lake, and that is as it should be. */
    void skip(RawRecord record, SkipReason reason);

    void reject(DeadLetter letter);
}
