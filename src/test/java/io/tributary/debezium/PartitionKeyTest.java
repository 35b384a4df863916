package io.tributary.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionKeyTest {
    private final PartitionKey keys = new PartitionKey();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"id\":1} | id",
                "{\"a\":\"x\",\"b\":null} | a,b",
                "{\"id\":{\"scale\":0,\"value\":\"AQ==\"}} | id",
                "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"field\":\"id\"}]},\"payload\":{\"id\":1}} | id",
                "{\"payload\":{\"a\":1}} | payload",
                "{\"schema\":\"s\",\"payload\":\"p\"} | schema,payload",
            })
    void itsColumnsAreNamed(String partitionKey, String columns) {
        assertThat(keys.columns(partitionKey.getBytes(StandardCharsets.UTF_8))).containsExactly(columns.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "42", "\"id\"", "[1]", "{", "{}", "{\"id\":", "{id:1}", "{\"id\":1"})
    void anythingElseNamesNone(String partitionKey) {
        assertThat(keys.columns(partitionKey.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void theSameColumnsAreTheSameList() {
        assertThat(keys.columns("{\"id\":1}".getBytes())).isSameAs(keys.columns("{\"id\":2}".getBytes()));
        assertThat(keys.columns(null)).isNull();
    }
}
