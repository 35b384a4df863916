package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamArnTest {
    @Test
    void itsPartsAreRead() {
        StreamArn arn = StreamArn.parse("arn:aws-us-gov:kinesis:us-gov-west-1:123456789012:stream/my.stream-1_x");
        assertThat(arn.region()).isEqualTo("us-gov-west-1");
        assertThat(arn.account()).isEqualTo("123456789012");
        assertThat(arn.name()).isEqualTo("my.stream-1_x");
        assertThat(arn).hasToString("arn:aws-us-gov:kinesis:us-gov-west-1:123456789012:stream/my.stream-1_x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stream",
                "arn:aws:sqs:us-east-1:123456789012:stream/a",
                "arn:aws:kinesis::123456789012:stream/a",
                "arn:aws:kinesis:us-east-1:12:stream/a",
                "arn:aws:kinesis:us-east-1:123456789012:stream/",
                "arn:aws:kinesis:us-east-1:123456789012:stream/a/consumer/b:1"
            })
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> StreamArn.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
