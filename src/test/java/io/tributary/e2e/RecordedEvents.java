package io.tributary.e2e;

import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.EventReader;
import io.tributary.debezium.Outcomes;
import io.tributary.debezium.RecordedDecoder;
import io.tributary.local.recording.Recording;
import io.tributary.source.RawRecord;
import java.util.List;

/** The change events of a recorded topic, read without a registry. */
final class RecordedEvents {
    private RecordedEvents() {}

    static List<ChangeEvent> of(Recording recording, String topic) {
        Outcomes outcomes = new Outcomes();
        EventReader reader = new EventReader(new RecordedDecoder(recording), table -> null);
        for (RawRecord record : recording.messages(topic)) {
            reader.read(record, outcomes);
        }
        return outcomes.changes();
    }
}
