package io.tributary.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final Path README = Path.of("README.md");

    /** With {@code -Dtributary.update-docs=true} the README is brought up to date instead. */
    @Test
    void theReadmesConfigurationReferenceIsTheOneOfTheOptions() throws IOException {
        if (Boolean.getBoolean("tributary.update-docs")) {
            ConfigReference.update(README);
        }
        assertThat(ConfigReference.read(README))
                .as("README.md, section configuration. Bring it up to date with: mvn test -Dtest=ConfigReferenceTest"
                        + " -Dtributary.update-docs=true")
                .isEqualTo(ConfigReference.markdown());
    }
}
