package io.tributary.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.TributaryConfig;
import io.tributary.debezium.TableId;
import io.tributary.lake.Changes;
import io.tributary.lake.commit.HudiTables;
import io.tributary.lake.schema.TableSchema;
import io.tributary.lake.write.TableLayout;
import io.tributary.local.job.JobSettings;
import io.tributary.preflight.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    @TempDir
    Path directory;

    @Test
    void findingsStandInTheOrderOfTheChecksWithWhatToDo() throws Exception {
        PreflightReport report = run(
                check("source", () -> List.of(Finding.pass("source", "there"))),
                check("lake", () -> List.of(Finding.fail("lake", "not there", "make it"))),
                check("lease", () -> List.of(Finding.warn("lease", "held", "wait"))));
        assertThat(report.toString())
                .containsSubsequence(
                        "pass  source",
                        "there",
                        "fail  lake",
                        "not there",
                        "-> make it",
                        "warn  lease",
                        "held",
                        "-> wait",
                        "1 pass, 1 warn, 1 fail");
        assertThatThrownBy(report::requireNoFailure)
                .isInstanceOf(PreflightFailedException.class)
                .hasMessageContaining("1 check failed");
    }

    @Test
    void warningsAreNoFailure() throws Exception {
        PreflightReport report = run(check("lease", () -> List.of(Finding.warn("lease", "held", "wait"))));
        assertThatCode(report::requireNoFailure).doesNotThrowAnyException();
    }

    @Test
    void aCheckThatBreaksIsAFindingAndTheOthersRun() throws Exception {
        PreflightReport report = run(
                check("source", () -> {
                    throw new IOException("no\nroute");
                }),
                check("lake", () -> List.of(Finding.pass("lake", "there"))));
        assertThat(report.findings()).extracting(Finding::level).containsExactly(Level.FAIL, Level.PASS);
        assertThat(report.findings().get(0).text()).isEqualTo("IOException: no route");
    }

    @Test
    void aCheckThatHangsIsAFindingAndIsInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        PreflightReport report = new Preflight(
                        List.of(check("registry", () -> {
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                interrupted.countDown();
                            }
                            return List.of();
                        })),
                        Duration.ofMillis(50))
                .run();
        assertThat(report.count(Level.WARN)).isOne();
        assertThat(report.toString()).contains("no answer within");
        interrupted.await();
    }

    @Test
    void checkpointsThatLoseRowsFailAndThoseThatLoseStateWarn() {
        assertThat(checkpoints(10, true, true, true)).containsExactly(Level.PASS);
        assertThat(checkpoints(10, false, true, true)).containsExactly(Level.FAIL);
        assertThat(checkpoints(10, true, false, true)).containsExactly(Level.PASS, Level.WARN);
        assertThat(checkpoints(10, true, true, false)).containsExactly(Level.PASS, Level.WARN);
        assertThat(checkpoints(3600, true, true, true)).containsExactly(Level.PASS, Level.WARN);
    }

    @Test
    void aDirectoryIsProbedAndLeftAsItWas() throws Exception {
        Path lake = directory.resolve("lake");
        assertThat(lake(lake)).singleElement().extracting(Finding::level).isEqualTo(Level.PASS);
        assertThat(lake).isEmptyDirectory();
    }

    @Test
    void aPathThatCannotBeWrittenFails() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        assertThat(lake(file)).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAIL);
            assertThat(finding.text()).contains("cannot be written");
            assertThat(finding.advice()).contains("Lake.path");
        });
    }

    @Test
    void aTableOfAnotherLayoutFailsAndIsNotTouched() throws Exception {
        TributaryConfig made = config(directory, "Lake.buckets", "7");
        HudiTables.of(new TableLayout(made))
                .open(
                        new TableId("shop", "db", "public", "sale"),
                        TableSchema.of(Changes.of("sale").schema()),
                        Set.of());
        assertThat(new TableCheck(made).run()).extracting(Finding::level).containsExactly(Level.PASS);
        assertThat(new TableCheck(config(directory, "Lake.buckets", "2")).run())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.FAIL);
                    assertThat(finding.text()).contains("shop.public.sale", "number of buckets 7", "bin/rebucket");
                });
    }

    @Test
    void timesOfAnAggregateThatDoNotGoTogetherAreFound() {
        assertThat(aggregate("retention", "1 min")).contains(Level.WARN);
        assertThat(aggregate("retention", "7 d")).containsExactly(Level.PASS);
        assertThat(aggregate("delivery", "exactly-once", "transaction.timeout", "15 s"))
                .contains(Level.FAIL);
    }

    private List<Level> aggregate(String... settings) {
        JobSettings job = settings(directory)
                .set("Aggregate.sales.table", "shop.public.sale")
                .set("Aggregate.sales.amount", "pricepaid")
                .set("Aggregate.sales.output", "figures");
        for (int i = 0; i < settings.length; i += 2) {
            job.set("Aggregate.sales." + settings[i], settings[i + 1]);
        }
        return levels(new AggregateCheck(job.load(), settings(10, true, true, true)).run());
    }

    private List<Finding> lake(Path path) {
        TributaryConfig config = config(path);
        return new DirectoryCheck("lake", "Lake.path", DirectoryCheck.lake(config), config).run();
    }

    private static TributaryConfig config(Path lake, String... more) {
        JobSettings settings = settings(lake);
        for (int i = 0; i < more.length; i += 2) {
            settings.set(more[i], more[i + 1]);
        }
        return settings.load();
    }

    private static JobSettings settings(Path lake) {
        return new JobSettings()
                .set("Source.bootstrap.servers", "127.0.0.1:9")
                .set("Source.topics", "shop.public.sale")
                .set("SchemaRegistry.url", "http://127.0.0.1:9")
                .set("Lake.path", lake.toUri().toString());
    }

    private static List<Level> checkpoints(int seconds, boolean exactlyOnce, boolean directory, boolean retained) {
        return levels(new CheckpointCheck(settings(seconds, exactlyOnce, directory, retained)).run());
    }

    private static CheckpointSettings settings(int seconds, boolean exactlyOnce, boolean directory, boolean retained) {
        return new CheckpointSettings(Duration.ofSeconds(seconds), exactlyOnce, directory, retained, false);
    }

    private static List<Level> levels(List<Finding> findings) {
        return findings.stream().map(Finding::level).collect(java.util.stream.Collectors.toList());
    }

    private static PreflightReport run(Check... checks) throws InterruptedException {
        return new Preflight(List.of(checks), Duration.ofSeconds(30)).run();
    }

    private static Check check(String subject, Callable<List<Finding>> body) {
        return new Check() {
            @Override
            public String subject() {
                return subject;
            }

            @Override
            public List<Finding> run() throws Exception {
                return body.call();
            }
        };
    }
}
