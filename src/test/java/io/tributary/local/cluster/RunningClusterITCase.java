package io.tributary.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.local.cli.CommandException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster of {@code bin/cluster}, which outlives the command that has started it. */
class RunningClusterITCase {
    @TempDir
    Path directory;

    @AfterEach
    void stop() throws Exception {
        new RunningCluster(directory).stop();
    }

    @Test
    void itIsFoundByLaterCommandsUntilItIsStopped() throws Exception {
        String address = new RunningCluster(directory).start(1);
        FlinkRest rest = new FlinkRest(URI.create(address));
        assertThat(rest.get("/overview").get("slots-total").asInt()).isEqualTo(2);
        RunningCluster later = new RunningCluster(directory);
        assertThat(later.address()).isEqualTo(address);
        assertThatThrownBy(() -> later.start(1))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(address)
                .hasMessageContaining("bin/cluster stop");
        assertThat(later.stop()).isTrue();
        assertThatThrownBy(() -> rest.get("/overview")).hasMessageContaining("does not answer");
        assertThat(later.stop()).isFalse();
    }

    @Test
    void nothingIsSubmittedWhereNoneRuns() {
        assertThatThrownBy(() -> new RunningCluster(directory).run(Path.of("any.jar"), List.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("bin/cluster start");
    }
}
