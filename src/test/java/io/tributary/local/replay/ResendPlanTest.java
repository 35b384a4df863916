package io.tributary.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.DeadLetterLine;
import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;
import io.tributary.local.cli.ExitCode;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import io.tributary.source.ReplayHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResendPlanTest {
    private static final byte[] BYTES = {1};

    @TempDir
    Path directory;

    @Test
    void eachMessageIsSentOnceInTheOrderOfItsTopic() {
        DeadLetter first = letter(Reason.MALFORMED, at(3, Headers.NONE));
        DeadLetter again = letter(Reason.MALFORMED, at(90, replayed(first)));
        DeadLetter between = letter(Reason.NO_KEY, at(40, Headers.NONE));
        ResendPlan plan = ResendPlan.of(List.of(between, again, first, between), Set.of());
        assertThat(plan.due()).containsExactly(again, between);
        assertThat(plan.skipped()).isEmpty();
        assertThat(ResendPlan.of(List.of(between, first), Set.of(Reason.NO_KEY)).due())
                .containsExactly(between);
    }

    @Test
    void whatNoReplayMendsIsSkippedWithTheReason() {
        RawRecord withoutPayload = RawRecord.ofKafka("shop.public.item", 0, 5, 0, null, null, Headers.NONE);
        RawRecord kinesis = new RawRecord("stream", 0, -1, "495", 0, BYTES, BYTES, Headers.NONE);
        List<DeadLetter> letters = List.of(
                new DeadLetter(at(1, Headers.NONE), Stage.AGGREGATE, Reason.LATE, "late"),
                new DeadLetter(at(2, Headers.NONE), Stage.AGGREGATE, Reason.MALFORMED, "no time"),
                letter(Reason.MALFORMED, withoutPayload),
                letter(Reason.MALFORMED, kinesis));
        ResendPlan plan = ResendPlan.of(letters, Set.of());
        assertThat(plan.due()).isEmpty();
        assertThat(plan.skipped())
                .extracting(ResendPlan.Skipped::why)
                .containsExactly(
                        ResendPlan.NOT_MENDED, ResendPlan.NOT_MENDED, ResendPlan.NO_PAYLOAD, ResendPlan.NOT_KAFKA);
        assertThat(new ResendReport(plan.due(), plan.skipped(), List.of()).toString())
                .contains("""
                topic             reason     sent  not sent
                ----------------  ---------  ----  --------
                shop.public.item  late          0         1
                shop.public.item  malformed     0         2
                stream            malformed     0         1
                total                           0         4
                """)
                .contains("skipped 2: the row is in the lake already")
                .contains("(shop.public.item[0]@1, shop.public.item[0]@2)");
    }

    @Test
    void aDryRunPrintsWhatWouldBeSent() throws IOException {
        Files.createDirectories(directory.resolve("2026-01-01"));
        Files.write(
                directory.resolve("2026-01-01/dead-letters-0.jsonl"),
                List.of(new String(
                        DeadLetterLine.write(letter(Reason.NO_KEY, at(1, Headers.NONE))), StandardCharsets.UTF_8)));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int exit = run(
                printed,
                "--from-dead-letters",
                directory.toString(),
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--dry-run");
        assertThat(exit).isEqualTo(ExitCode.OK);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("shop.public.item  no-key     1         0")
                .contains("nothing is sent");
    }

    @Test
    void whatIsMissingOrWrongIsAUsageError() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        String from = "--from-dead-letters=" + directory;
        assertThat(run(printed, from)).isEqualTo(ExitCode.USAGE);
        assertThat(run(printed, from, "--bootstrap-servers=x:1", "--reason=bad"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run(printed, from, "--bootstrap-servers=x:1", "--lake=l")).isEqualTo(ExitCode.USAGE);
        assertThat(run(printed, "raw-headers-default", "--lake=l", "--to=t")).isEqualTo(ExitCode.USAGE);
        assertThat(run(printed, from, "--bootstrap-servers=x:1"))
                .as("no letters")
                .isEqualTo(ExitCode.FAILED);
    }

    private static int run(ByteArrayOutputStream printed, String... args) {
        return ReplayCommand.execute(args, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private static DeadLetter letter(Reason reason, RawRecord record) {
        return new DeadLetter(record, Stage.DECODE, reason, "why");
    }

    private static RawRecord at(long offset, Headers headers) {
        return RawRecord.ofKafka("shop.public.item", 0, offset, 0, BYTES, BYTES, headers);
    }

    private static Headers replayed(DeadLetter letter) {
        return new Headers(new String[] {ReplayHeader.NAME}, new byte[][] {ReplayHeader.of(letter.record())});
    }
}
