package io.tributary.local.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.source.RawRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordingTest {
    static List<String> names() {
        return Recording.bundledNames();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRecordingIsCompleteAndInOrder(String name) {
        Recording recording = Recording.of(name);
        Map<String, Long> next = new HashMap<>();
        for (RawRecord message : RecordingLoader.inRecordedOrder(recording)) {
            String partition = message.topic() + "-" + message.partition();
            assertThat(message.offset()).as(partition).isEqualTo(next.merge(partition, 1L, Long::sum) - 1);
        }
        recording.ends(Moment.FINAL).forEach((topic, ends) -> {
            for (int p = 0; p < ends.size(); p++) {
                assertThat(next.get(topic + "-" + p)).isEqualTo(ends.get(p));
            }
        });
        assertThat(recording.tables())
                .containsExactly(
                        "tickit.ecomm.date",
                        "tickit.ecomm.listing",
                        "tickit.ecomm.sale",
                        "tickit.ems.category",
                        "tickit.ems.event",
                        "tickit.ems.venue");
        assertThat(recording.schemas()).extracting(RecordedSchema::artifactId).contains("tickit.ecomm.sale-value");
    }

    @Test
    void truthKnowsNullAndQuotes() {
        Truth truth = Truth.parse("id,a,b\n1,\\N,\"x, \"\"y\"\"\nz\"\n2,,\n");
        assertThat(truth.columns()).containsExactly("id", "a", "b");
        assertThat(truth.asMaps().get(0)).containsEntry("a", null).containsEntry("b", "x, \"y\"\nz");
        assertThat(truth.rows().get(1)).containsExactly("2", "", "");
        assertThat(Recording.bundled("raw-headers-default")
                        .truth("tickit.ecomm.date", Moment.FINAL)
                        .asMaps()
                        .get(0))
                .containsEntry("holiday", null);
    }

    @Test
    void anUnknownRecordingIsRefusedWithTheNames() {
        assertThatThrownBy(() -> Recording.of("raw"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("raw-headers-default");
    }
}
