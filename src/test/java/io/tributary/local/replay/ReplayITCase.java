package io.tributary.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.query.LakeQuery;
import io.tributary.local.recording.Moment;
import io.tributary.local.recording.Recording;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayITCase {
    @TempDir
    Path lake;

    @Test
    void everyMessageOfARecordingIsAccountedFor() {
        Recording recording = Recording.bundled("raw-headers-default");
        ReplayReport report = new Replay(recording, lake.toString())
                .with(Map.of("Lake.buckets", "1"))
                .run();
        assertThat(report.balance().problems()).as("%s", report.balance()).isEmpty();
        assertThat(report.balance().input()).isEqualTo(7_637);
        assertThat(report.balance().skipped()).containsEntry("tombstone", 105L);
        LakeQuery query = new LakeQuery(lake.toString());
        assertThat(query.tables()).containsExactlyElementsOf(recording.tables());
        assertThat(query.table("listing").rows())
                .hasSameSizeAs(
                        recording.truth("tickit.ecomm.listing", Moment.FINAL).rows());
    }
}
