package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.RegistryOptions.WireFormat;
import io.tributary.format.TopicMemory.Known;
import org.junit.jupiter.api.Test;

class TopicMemoryTest {
    private final TopicMemory memory = new TopicMemory();

    private static Known known(WireFormat format, SchemaId.Kind kind, long high, long low) {
        return new Known(format, kind, high, low, Wire.SALE);
    }

    @Test
    void remembersAsManyIdsInARowAsItHasPlaces() {
        for (long id = 1; id <= TopicMemory.PLACES; id++) {
            memory.remember(Role.VALUE, known(WireFormat.CONFLUENT, null, 0, id));
        }
        for (long id = 1; id <= TopicMemory.PLACES; id++) {
            assertThat(memory.find(Role.VALUE, WireFormat.CONFLUENT, null, 0, id))
                    .isNotNull();
        }
    }

    @Test
    void takesNothingForTheSameThatDiffersInAnything() {
        memory.remember(Role.VALUE, known(WireFormat.APICURIO_HEADERS, SchemaId.Kind.GLOBAL, 0, 14));
        assertThat(memory.find(Role.VALUE, WireFormat.APICURIO_HEADERS, SchemaId.Kind.GLOBAL, 0, 14))
                .isNotNull();
        assertThat(memory.find(Role.KEY, WireFormat.APICURIO_HEADERS, SchemaId.Kind.GLOBAL, 0, 14))
                .isNull();
        assertThat(memory.find(Role.VALUE, WireFormat.APICURIO_HEADERS, SchemaId.Kind.CONTENT, 0, 14))
                .isNull();
        assertThat(memory.find(Role.VALUE, WireFormat.APICURIO, null, 0, 14)).isNull();
        assertThat(memory.find(Role.VALUE, WireFormat.APICURIO_HEADERS, SchemaId.Kind.GLOBAL, 0, 14 + 64))
                .isNull();
        assertThat(memory.find(Role.VALUE, WireFormat.APICURIO_HEADERS, SchemaId.Kind.GLOBAL, 64, 14))
                .isNull();
    }

    @Test
    void isSettledForThatFormatAndKindOnly() {
        Reading reading = new Reading(WireFormat.CONFLUENT, SchemaId.of(SchemaId.Kind.CONTENT, 14), 5);
        assertThat(memory.isSettled(reading)).isFalse();
        memory.settle(reading);
        assertThat(memory.isSettled(new Reading(WireFormat.CONFLUENT, SchemaId.of(SchemaId.Kind.CONTENT, 15), 5)))
                .isTrue();
        assertThat(memory.isSettled(new Reading(WireFormat.CONFLUENT, SchemaId.of(SchemaId.Kind.GLOBAL, 15), 5)))
                .isFalse();
        assertThat(memory.isSettled(new Reading(WireFormat.APICURIO, SchemaId.of(SchemaId.Kind.CONTENT, 15), 9)))
                .isFalse();
    }
}
