package io.tributary.source.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionKeysTest {
    @Test
    void shortTextsAreTakenAsTheyAreAndLongOnesByTheirHash() {
        assertThat(PartitionKeys.of("{\"country\":\"India\"}")).isEqualTo("{\"country\":\"India\"}");
        assertThat(PartitionKeys.of("x".repeat(256))).hasSize(256);
        assertThat(PartitionKeys.of("x".repeat(257)))
                .hasSize(64)
                .matches("[0-9a-f]+")
                .isEqualTo(PartitionKeys.of("x".repeat(257)))
                .isNotEqualTo(PartitionKeys.of("x".repeat(258)));
        assertThat(PartitionKeys.of("")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
