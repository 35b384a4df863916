package io.tributary.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.query.LakeQuery;
import io.tributary.local.recording.Moment;
import io.tributary.local.recording.Recording;
import io.tributary.local.stack.LocalS3;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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
                .with(sales("avro"))
                .with(sales("json"))
                .run();
        assertThat(report.balance().problems()).as("%s", report.balance()).isEmpty();
        assertThat(report.balance().input()).isEqualTo(7_637);
        assertThat(report.balance().skipped()).containsEntry("tombstone", 105L);
        LakeQuery query = new LakeQuery(lake.toString());
        assertThat(query.tables()).containsExactlyElementsOf(recording.tables());
        assertThat(query.table("listing").rows())
                .hasSameSizeAs(
                        recording.truth("tickit.ecomm.listing", Moment.FINAL).rows());
        assertThat(report.aggregates()).hasSizeGreaterThan(100).hasSize(2 * inAvro(report));
        assertThat(report.aggregates().subList(0, inAvro(report)))
                .as("by the registered schema; a group is text")
                .containsExactlyElementsOf(report.aggregates().subList(inAvro(report), 2 * inAvro(report)).stream()
                        .map(json -> json.replaceAll("\"dateid\":(\\d+)", "\"dateid\":\"$1\""))
                        .toList());
    }

    private static int inAvro(ReplayReport report) {
        return report.aggregates().size() / 2;
    }

    private static Map<String, String> sales(String format) {
        String aggregate = "Aggregate." + format + ".";
        return Map.of(
                aggregate + "table", "tickit.ecomm.sale",
                aggregate + "amount", "pricepaid",
                aggregate + "quantity", "qtysold",
                aggregate + "group.by", "dateid",
                aggregate + "time", "saletime",
                aggregate + "time.format", "M/d/yyyy HH:mm:ss",
                aggregate + "window", "tumbling",
                aggregate + "retention", "20000 d",
                aggregate + "output", "sales-" + format,
                aggregate + "output.format", format);
    }

    @Test
    void aLakeOnS3IsWrittenTwiceAndReadAndItsFiguresAreHandedOut() {
        Recording recording = Recording.bundled("unwrap-headers-default");
        try (LocalS3 s3 = LocalS3.started()) {
            s3.createBucket("lake");
            Map<String, String> settings = new HashMap<>(s3.hadoopOptions());
            settings.put("Lake.buckets", "1");
            settings.put("Aggregate.sales.table", "tickit.ecomm.sale");
            settings.put("Aggregate.sales.amount", "pricepaid");
            settings.put("Aggregate.sales.window", "total");
            settings.put("Aggregate.sales.output", "sales-total");
            LakeQuery query = new LakeQuery("s3a://lake/tickit", s3.s3aSettings());
            for (int run = 0; run < 2; run++) {
                ReplayReport report =
                        new Replay(recording, "s3://lake/tickit").with(settings).run();
                assertThat(report.balance().problems())
                        .as("%s", report.balance())
                        .isEmpty();
                assertThat(report.aggregates()).singleElement().asString().contains("\"orders\":3188");
                assertThat(query.sql("select count(*) from sale").rows()).containsExactly(List.of(3188L));
            }
        }
    }
}
