package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
    @ParameterizedTest
    @CsvSource({
        "Source.start=latest, Source, start, latest",
        "Source.topic.pattern=a=b, Source, topic.pattern, a=b",
        "Source.kafka.max.poll.records=5, Source, kafka.max.poll.records, 5",
        "Table.tickit.ecomm.sale.buckets=2, Table.tickit.ecomm.sale, buckets, 2",
        "Table.sale.key=id, Table.sale, key, id",
        "Table.tickit.ecomm.key.key=id, Table.tickit.ecomm.key, key, id",
        "Table.tickit.ecomm.sale.bukets=2, Table.tickit.ecomm.sale, bukets, 2",
        "Aggregate.by_country.group.by=x.y, Aggregate.by_country, group.by, x.y",
        "Aggregate.by_country.dimension.window=t.a.b on c, Aggregate.by_country, dimension.window, t.a.b on c",
        "Nonsense.a.b=1, Nonsense, a.b, 1",
    })
    void theGroupIsToldFromTheKey(String text, String group, String key, String value) {
        Setting setting = Setting.parse(text, Set.of());
        assertThat(setting.group()).isEqualTo(group);
        assertThat(setting.key()).isEqualTo(key);
        assertThat(setting.value()).isEqualTo(value);
    }

    @Test
    void aGroupThatExistsWins() {
        Set<String> existing = Set.of("Table.tickit.ecomm", "Table.tickit.ecomm.sale", "Source");
        assertThat(Setting.parse("Table.tickit.ecomm.sale.buckets=2", existing).group())
                .isEqualTo("Table.tickit.ecomm.sale");
        assertThat(Setting.parse("Table.tickit.ecomm.buckets=2", existing).group())
                .isEqualTo("Table.tickit.ecomm");
        assertThat(Setting.parse("Table.tickit.ecomm.listing.buckets=2", existing)
                        .group())
                .isEqualTo("Table.tickit.ecomm.listing");
    }

    @Test
    void anEmptyValueTakesTheSettingBack() {
        PropertyGroups groups = PropertyGroups.NONE
                .with(Setting.parse("Source.start=latest", Set.of()))
                .with(Setting.parse("Source.start=", Set.of("Source")));
        assertThat(groups.asMap().get("Source")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Source.start", "start=hush", ".start=hush", "Source.=hush", "=x", ""})
    void whatIsNoSettingIsRefused(String text) {
        assertThatThrownBy(() -> Setting.parse(text, Set.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is not of the form --set Group.key=value")
                .hasMessageNotContaining("hush");
    }
}
