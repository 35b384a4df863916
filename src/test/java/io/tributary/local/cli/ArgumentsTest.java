package io.tributary.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void optionsFlagsSettingsAndTheRestAreToldApart() {
        Arguments arguments =
                parse("--lake", "a b", "--meta", "--set", "Lake.x=1=2", "--set=Table.s.t.u.key=id", "sale");
        assertThat(arguments.required("lake")).isEqualTo("a b");
        assertThat(arguments.has("meta")).isTrue();
        assertThat(arguments.settings()).isEqualTo(Map.of("Lake.x", "1=2", "Table.s.t.u.key", "id"));
        assertThat(arguments.rest()).containsExactly("sale");
        assertThat(parse("--", "--lake").rest()).containsExactly("--lake");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> parse("--lak", "x"))
                .isInstanceOf(UsageException.class)
                .hasMessage("Unknown option --lak; known: --lake, --meta, --set");
        assertThatThrownBy(() -> parse("--lake"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("needs a value");
        assertThatThrownBy(() -> parse("--meta=1")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> parse("--set", "x"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Group.key");
        assertThatThrownBy(() -> parse("x").required("lake"))
                .isInstanceOf(UsageException.class)
                .hasMessage("Option --lake is missing");
    }

    @Test
    void aLakeIsAnAbsoluteAddress() {
        assertThat(LakeAddress.of("s3://bucket/lake")).isEqualTo("s3a://bucket/lake");
        assertThat(LakeAddress.of("s3a://bucket/lake")).isEqualTo("s3a://bucket/lake");
        assertThat(LakeAddress.of("x/../lake"))
                .isEqualTo("file://" + Path.of("lake").toAbsolutePath());
    }

    private static Arguments parse(String... args) {
        return Arguments.parse(args, Set.of("lake", "set"), Set.of("meta"));
    }
}
