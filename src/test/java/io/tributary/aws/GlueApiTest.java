package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GlueApiTest {
    @Test
    void everyPartitionOfAwsHasItsEndpoint() {
        assertThat(GlueApi.ofRegion("eu-west-1")).hasToString("https://glue.eu-west-1.amazonaws.com");
        assertThat(GlueApi.ofRegion("cn-north-1")).hasToString("https://glue.cn-north-1.amazonaws.com.cn");
    }
}
