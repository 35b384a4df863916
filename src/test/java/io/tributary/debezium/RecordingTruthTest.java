package io.tributary.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.e2e.ExpectedTable;
import io.tributary.local.recording.Recording;
import io.tributary.source.RawRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded message is read, and the events folded by key are what the databases held. */
class RecordingTruthTest {
    /** The table of recordings/README.md. */
    private static final Map<String, Map<String, Integer>> RAW_COUNTS = Map.of(
            "tickit.ecomm.sale", Map.of("r", 3000, "c", 253, "u", 227, "d", 65, "tombstone", 65),
            "tickit.ecomm.listing", Map.of("r", 2000, "u", 121, "d", 12, "tombstone", 12, "c", 1),
            "tickit.ecomm.date", Map.of("r", 366, "u", 2, "t", 1, "c", 2),
            "tickit.ems.event", Map.of("r", 1000, "c", 93, "u", 99, "d", 24, "tombstone", 24),
            "tickit.ems.venue", Map.of("r", 202, "u", 27, "d", 3, "tombstone", 3, "c", 2),
            "tickit.ems.category", Map.of("r", 11, "c", 4, "u", 2, "d", 1, "tombstone", 1, "t", 1),
            "tickit", Map.of("schema-change", 13));

    static Stream<Recording> recordings() {
        return Recording.bundledNames().stream().map(Recording::bundled);
    }

    @Test
    void thereAreFourRecordings() {
        assertThat(Recording.bundledNames()).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyMessageBecomesWhatTheRecordingsTableSays(Recording recording) {
        for (String topic : recording.topics()) {
            Outcomes outcomes = read(recording, topic);
            Map<String, Integer> counts = new TreeMap<>();
            outcomes.changes.forEach(event -> counts.merge(event.op().code(), 1, Integer::sum));
            outcomes.skips.forEach(reason -> counts.merge(reason.label(), 1, Integer::sum));
            Map<String, Integer> expected = new TreeMap<>(RAW_COUNTS.get(topic));
            if (isFlattened(recording)) {
                expected.remove("tombstone");
                expected.remove("t");
            }
            assertThat(outcomes.letters).as(topic).isEmpty();
            assertThat(counts).as(topic).isEqualTo(expected);
            assertThat(outcomes.size()).isEqualTo(recording.messages(topic).size());
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void eventsCarryTheTableOfTheirTopic(Recording recording) {
        for (String topic : recording.tables()) {
            assertThat(read(recording, topic).changes).allSatisfy(event -> {
                assertThat(event.table().fullName()).isEqualTo(topic);
                assertThat(event.table().server()).isEqualTo("tickit");
                assertThat(event.table().schema()).isEqualTo(topic.contains(".ems.") ? "ems" : null);
                assertThat(event.table().database()).isEqualTo(topic.contains(".ems.") ? "tickit" : "ecomm");
                assertThat(event.sourceTsMs()).isBetween(1_700_000_000_000L, 1_900_000_000_000L);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theEventsFoldedByKeyAreTheTruth(Recording recording) throws Exception {
        for (String topic : recording.tables()) {
            List<ChangeEvent> events = read(recording, topic).changes;
            ExpectedTable.after(recording, topic).assertEqualTo(fold(events));
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aSecondReplayChangesNothing(Recording recording) throws Exception {
        for (String topic : recording.tables()) {
            List<ChangeEvent> events = new ArrayList<>(read(recording, topic).changes);
            events.addAll(read(recording, topic).changes);
            ExpectedTable.after(recording, topic).assertEqualTo(fold(events));
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void positionsOfAKeyRiseStrictlyAlongTheTopic(Recording recording) {
        for (String topic : recording.tables()) {
            Map<String, String> last = new HashMap<>();
            for (ChangeEvent event : read(recording, topic).changes) {
                String before = last.put(String.valueOf(event.key()), event.position());
                assertThat(event.position())
                        .as("%s key %s", event, event.key())
                        .isGreaterThan(before == null ? "" : before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void onlyDeletesAndRowsWithUnavailableValuesAreIncomplete(Recording recording) {
        for (String topic : recording.tables()) {
            List<ChangeEvent> incomplete = read(recording, topic).changes.stream()
                    .filter(event -> !event.complete() && event.op() != Op.DELETE && event.op() != Op.TRUNCATE)
                    .toList();
            if (topic.equals("tickit.ems.category")) {
                assertThat(incomplete).isNotEmpty();
            } else {
                assertThat(incomplete).as(topic).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aKeyChangeIsADeleteAndACreateAtOnePlaceOfTheSource(Recording recording) {
        int found = 0;
        for (String topic : recording.tables()) {
            List<ChangeEvent> events = read(recording, topic).changes;
            List<String> deletes = events.stream()
                    .filter(event -> event.op() == Op.DELETE)
                    .map(RecordingTruthTest::sourcePlace)
                    .toList();
            for (ChangeEvent event : events) {
                if (event.record().headers().last("__debezium.oldkey") != null) {
                    found++;
                    assertThat(event.op()).isEqualTo(Op.CREATE);
                    assertThat(deletes).contains(sourcePlace(event));
                }
            }
        }
        assertThat(found).isPositive();
    }

    private static String sourcePlace(ChangeEvent event) {
        return event.position().substring(0, event.position().lastIndexOf('|'));
    }

    private static Outcomes read(Recording recording, String topic) {
        Outcomes outcomes = new Outcomes();
        EventReader reader = new EventReader(new RecordedDecoder(recording), table -> null);
        for (RawRecord record : recording.messages(topic)) {
            reader.read(record, outcomes);
        }
        return outcomes;
    }

    private static Map<String, Map<String, Object>> fold(List<ChangeEvent> events) throws Exception {
        FoldedTable table = new FoldedTable();
        for (ChangeEvent event : events) {
            table.apply(event);
        }
        return table.live();
    }

    private static boolean isFlattened(Recording recording) {
        return recording.name().startsWith("unwrap");
    }
}
