package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.junit.jupiter.api.Test;

class OptionGroupTest {
    @Test
    void everyOptionHasADescriptionAndADefaultThatItAcceptsItself() {
        for (OptionGroup group : OptionGroups.ALL) {
            assertThat(group.options()).as(group.title()).isNotEmpty();
            group.options().values().forEach(option -> {
                assertThat(option.description())
                        .as(group.title() + "." + option.key())
                        .isNotBlank();
                if (option.defaultText() != null) {
                    assertThat(option.accepts(option.defaultText()))
                            .as(group.title() + "." + option.key() + "=" + option.defaultText())
                            .isTrue();
                }
            });
        }
    }

    @Test
    void everyGroupIsThereOnce() {
        assertThat(OptionGroups.titles()).doesNotHaveDuplicates();
    }

    @Test
    void passwordsAreMarkedAsSecret() {
        for (OptionGroup group : OptionGroups.ALL) {
            group.options().values().stream()
                    .filter(option -> option.key().matches(".*(password|secret|token).*"))
                    .forEach(option -> assertThat(option.secret())
                            .as(group.title() + "." + option.key())
                            .isTrue());
        }
    }

    @Test
    void aListOptionIsRefusedBecauseListsAreTextsWithCommas() {
        assertThatThrownBy(() -> OptionGroup.fixed("X", WithList.class)).hasMessageContaining("lists are texts");
    }

    @Test
    void aNamedGroupNeedsAName() {
        OptionGroup tables = OptionGroup.named("Table", "table", TableOptions.class);
        assertThat(tables.covers("Table.a")).isTrue();
        assertThat(tables.covers("Table")).isFalse();
        assertThat(tables.covers("Table.")).isFalse();
        assertThat(tables.covers("Tables.a")).isFalse();
    }

    public static final class WithList {
        public static final ConfigOption<List<String>> NAMES =
                ConfigOptions.key("names").stringType().asList().noDefaultValue();
    }
}
