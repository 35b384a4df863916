package io.tributary.debezium;

import io.tributary.deadletter.DeadLetter;
import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.List;

/** Keeps what an {@link EventReader} says of each record. */
public final class Outcomes implements EventSink {
    final List<ChangeEvent> changes = new ArrayList<>();
    final List<SkipReason> skips = new ArrayList<>();
    final List<DeadLetter> letters = new ArrayList<>();

    public List<ChangeEvent> changes() {
        return changes;
    }

    @Override
    public void change(ChangeEvent event) {
        changes.add(event);
    }

    @Override
    public void skip(RawRecord record, SkipReason reason) {
        skips.add(reason);
    }

    @Override
    public void reject(DeadLetter letter) {
        letters.add(letter);
    }

    int size() {
        return changes.size() + skips.size() + letters.size();
    }
}
