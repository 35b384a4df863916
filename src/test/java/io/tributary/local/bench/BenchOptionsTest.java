package io.tributary.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.local.cli.UsageException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchOptionsTest {
    @Test
    void byDefaultItIsTheOriginalsLoadThreeTimesEach() {
        BenchOptions options = parse();
        assertThat(options.parts()).containsExactly(Part.values());
        assertThat(options.rows()).isEqualTo(424_319);
        assertThat(options.tables()).isEqualTo(7);
        assertThat(options.runs()).isEqualTo(3);
        assertThat(options.rates()).isEqualTo(List.of(100, 1_000, 5_000));
        assertThat(options.active()).isEqualTo(7);
        assertThat(options.baseline()).isTrue();
        assertThat(options.json()).isEqualTo(Path.of("default.json"));
        assertThat(parse("--quick").runs()).isEqualTo(1);
    }

    @Test
    void whatIsGivenWins() {
        BenchOptions options = parse(
                "--only",
                "updates",
                "--tables=50",
                "--rows",
                "1_000",
                "--skew",
                "0.8",
                "--form",
                "flattened",
                "--runs",
                "5",
                "--no-baseline",
                "--rate",
                "10,20",
                "--json",
                "j",
                "--set",
                "Lake.buckets=1");
        assertThat(options.parts()).as("updates need the snapshot's lake").containsExactly(Part.SNAPSHOT, Part.UPDATES);
        assertThat(options.tables()).isEqualTo(50);
        assertThat(options.rows()).isEqualTo(1_000);
        assertThat(options.skew()).isEqualTo(0.8);
        assertThat(options.form()).isEqualTo(Form.FLATTENED);
        assertThat(options.runs()).isEqualTo(5);
        assertThat(options.rates()).isEqualTo(List.of(10, 20));
        assertThat(options.baseline()).isFalse();
        assertThat(options.settings()).containsEntry("Lake.buckets", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--runs=0",
                "--rows=6",
                "--rows=many",
                "--skew=1",
                "--form=json",
                "--rate=0",
                "--rate=1,",
                "--only=all",
                "--active=8",
                "--fast",
                "rows"
            })
    void whatCannotBeMeantIsRefused(String argument) {
        assertThatThrownBy(() -> parse(argument)).isInstanceOf(UsageException.class);
    }

    @Test
    void growthHasItsOwnLoads() {
        assertThatThrownBy(() -> BenchOptions.arguments(new String[] {"--growth", "--rows=5"}))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--rows");
        assertThat(BenchOptions.arguments(new String[] {"--growth", "--set", "Lake.buckets=1", "--json=j"})
                        .settings())
                .hasSize(1);
    }

    private static BenchOptions parse(String... args) {
        return BenchOptions.of(BenchOptions.arguments(args), Path.of("default.json"));
    }
}
