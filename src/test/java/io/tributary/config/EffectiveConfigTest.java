package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EffectiveConfigTest {
    @Test
    void whatIsSetAndWhatIsADefaultAreTold() {
        assertThat(describe("Table.tickit.ecomm.sale.buckets=2"))
                .contains(
                        "Source\n  type = kafka  (default)\n  bootstrap.servers = b:1\n  topics = t\n",
                        "  discovery.interval = 30 s  (default)\n",
                        "  max.value.size = 1 mb  (default)\n",
                        "Table.tickit.ecomm.sale\n  buckets = 2\n");
    }

    @Test
    void secretsAreMasked() {
        List<String> secret = List.of(
                "Auth.type=scram",
                "Auth.username=me",
                "Auth.password=hush1",
                "Auth.truststore.password=hush2",
                "Source.kafka.sasl.jaas.config=hush3",
                "Source.kafka.ssl.keystore.key=hush4",
                "Source.kafka.ssl.key.password=hush5",
                "Lake.hadoop.fs.s3a.secret.key=hush6",
                "Lake.hadoop.fs.s3a.access.key=hush7",
                "Lake.hadoop.fs.s3a.session.token=hush8",
                "Lake.hadoop.fs.s3a.endpoint=http://me:hush9@host/x");
        String text = describe(secret.toArray(String[]::new));
        assertThat(text)
                .doesNotContain("hush")
                .contains(
                        "username = me", "endpoint = http://" + Secrets.MASK + "@host/x", "password = " + Secrets.MASK);
    }

    @Test
    void theConfigurationItselfShowsNothing() {
        assertThat(config("Auth.type=scram", "Auth.username=me", "Auth.password=hush")
                        .toString())
                .doesNotContain("hush");
    }

    private static String describe(String... settings) {
        return EffectiveConfig.describe(config(settings));
    }

    private static TributaryConfig config(String... settings) {
        PropertyGroups groups = PropertyGroups.NONE
                .with(new Setting("Source", "bootstrap.servers", "b:1"))
                .with(new Setting("Source", "topics", "t"))
                .with(new Setting("Lake", "path", "/tmp/lake"));
        for (String setting : settings) {
            groups = groups.with(Setting.parse(setting, Set.of()));
        }
        return ConfigValidator.validate(groups, "test", List.of());
    }
}
