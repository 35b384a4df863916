package io.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.EventReader;
import io.tributary.debezium.Outcomes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The events of a random history, read and put in the order of their positions, make what the databases hold. */
class HistoryFoldTest {
    private static final long SEED = Long.getLong("chaos.seed", 1);

    @Test
    void positionsPutAnyHistoryInOrder() throws Exception {
        fold(300);
    }

    @Test
    @Tag("slow")
    void positionsPutTenThousandHistoriesInOrder() throws Exception {
        fold(10_000);
    }

    @Test
    void aSeedMakesOneHistory() {
        assertThat(bytes(HistoryGenerator.of(SEED))).isEqualTo(bytes(HistoryGenerator.of(SEED)));
    }

    private static void fold(int histories) throws Exception {
        System.out.println("HistoryFoldTest seeds " + SEED + " to " + (SEED + histories - 1));
        for (long seed = SEED; seed < SEED + histories; seed++) {
            History history = HistoryGenerator.of(seed);
            HeldSchemas schemas = new HeldSchemas();
            EventReader reader = new EventReader(schemas, table -> null);
            Outcomes outcomes = new Outcomes();
            history.messages().forEach(message -> reader.read(schemas.framed(message), outcomes));
            FoldedLake lake = new FoldedLake();
            for (ChangeEvent event : outcomes.changes()) {
                lake.add(event);
            }
            List<String> differences = new ArrayList<>();
            for (ModelTable table : history.truth()) {
                differences.addAll(TruthCheck.differences(table, lake.rows(table.fullName())));
            }
            assertThat(differences)
                    .as("seed %d: %s, %s", seed, history.traits(), history.faults())
                    .isEmpty();
        }
    }

    private static List<String> bytes(History history) {
        HeldSchemas schemas = new HeldSchemas();
        return history.messages().stream()
                .map(schemas::framed)
                .map(record -> record.coordinates() + " " + java.util.Arrays.hashCode(record.value()))
                .toList();
    }
}
