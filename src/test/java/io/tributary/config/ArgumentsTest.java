package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @ParameterizedTest
    @CsvSource({"--check, CHECK", "--help, HELP", "-h, HELP", "--version, VERSION"})
    void aFlagAsksForItsAction(String flag, Arguments.Action action) {
        assertThat(Arguments.parse(flag).action()).isEqualTo(action);
    }

    @Test
    void withoutArgumentsTheJobRuns() {
        assertThat(Arguments.parse().action()).isEqualTo(Arguments.Action.RUN);
    }

    @Test
    void anUnknownArgumentIsNamedWithTheNearest() {
        assertThatThrownBy(() -> Arguments.parse("--confg", "x"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Unknown argument --confg: did you mean --config?\nUsage:");
    }

    @ParameterizedTest
    @CsvSource({"--config", "--set"})
    void anArgumentWithoutItsValueIsNamed(String name) {
        assertThatThrownBy(() -> Arguments.parse(name)).hasMessageStartingWith("Argument " + name + " needs a value");
    }
}
