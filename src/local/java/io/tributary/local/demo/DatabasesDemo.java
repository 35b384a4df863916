package io.tributary.local.demo;

import io.tributary.config.TributaryConfig;
import io.tributary.local.cli.CommandException;
import io.tributary.local.cli.LakeAddress;
import io.tributary.local.databases.LakeComparison;
import io.tributary.local.databases.TableDifference;
import io.tributary.local.databases.TicketShop;
import io.tributary.local.databases.TickitDatabases;
import io.tributary.local.job.JobSettings;
import io.tributary.local.job.LocalJob;
import io.tributary.local.query.LakeQuery;
import io.tributary.local.query.TextTable;
import io.tributary.local.stack.LocalConnect;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalRegistry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;

/**
 * Real databases, Debezium and the job: a snapshot of the sample, then changes until the end is wished for, and the
 * comparison of every table with its database.
 */
final class DatabasesDemo {
    private static final Pattern TOPICS = Pattern.compile(TickitDatabases.TOPIC_PATTERN);
    private static final long SEED = 2008;
    private static final int TRANSACTIONS_PER_SECOND = 50;
    private static final int SECONDS_BETWEEN_LINES = 5;
    private static final int PARALLELISM = 2;
    private static final Duration SNAPSHOT_TIMEOUT = Duration.ofMinutes(30);
    private static final Duration CATCH_UP_TIMEOUT = Duration.ofMinutes(10);

    private final Path lake;
    private final int divisor;
    private final Integer liveSeconds;
    private final Configuration flink;
    private final PrintStream out;
    private final CountDownLatch stop = new CountDownLatch(1);

    /**
     * @param lake a directory that does not exist yet
     * @param divisor 1 for the sample's original size, 100 for a hundredth of it
     * @param liveSeconds how long the databases keep changing; null until {@link #stop()}
     * @param flink settings of the job's cluster
     */
    DatabasesDemo(Path lake, int divisor, Integer liveSeconds, Configuration flink, PrintStream out) {
        this.lake = lake;
        this.divisor = divisor;
        this.liveSeconds = liveSeconds;
        this.flink = flink;
        this.out = out;
    }

    /** Ends the changes; what has been done so far is still brought to the lake and compared. */
    void stop() {
        stop.countDown();
    }

    /** @return whether the lake equals the databases */
    boolean run() throws InterruptedException {
        long begin = System.nanoTime();
        CompletableFuture<LocalRegistry> registryStart = CompletableFuture.supplyAsync(LocalRegistry::started);
        try (LocalKafka kafka = LocalKafka.started();
                TickitDatabases databases = TickitDatabases.started(divisor, SEED);
                LocalRegistry registry = registryStart.join()) {
            out.println(
                    databases + " with " + number(databases.rows()) + " generated rows after " + seconds(begin) + " s");
            try (LocalConnect connect = databases.connect(kafka, registry);
                    LocalJob job = LocalJob.start(config(kafka, registry), flink, PARALLELISM)) {
                out.println("Kafka " + kafka.bootstrapServers() + ", schema registry " + registry.url()
                        + ", Kafka Connect " + connect.url() + ", Flink's web interface " + job.webInterface());
                Progress progress = new Progress(job.metrics());
                try (StatusPage page = StatusPage.start(new StatusWatch(job.metrics(), progress))) {
                    out.println("status page " + page.url());
                    long snapshotBegin = System.nanoTime();
                    snapshot(job, progress, databases.rows(), snapshotBegin);
                    String figures = live(job, progress, databases, kafka);
                    job.cancel();
                    boolean equal = compare(databases);
                    out.println(figures);
                    return equal;
                }
            }
        }
    }

    private void snapshot(LocalJob job, Progress progress, long rows, long begin) throws InterruptedException {
        while (progress.committed() < rows) {
            out.println(progress.line(seconds(begin)));
            refuseEnded(job);
            if (seconds(begin) > SNAPSHOT_TIMEOUT.toSeconds()) {
                throw new CommandException("Of " + rows + " rows only " + progress.committed() + " are committed after "
                        + seconds(begin) + " s; see target/logs/demo.log");
            }
            if (stop.await(SECONDS_BETWEEN_LINES, TimeUnit.SECONDS)) {
                return;
            }
        }
        out.println(progress.line(seconds(begin)));
        out.println("the snapshot of " + number(rows) + " rows is in the lake after " + seconds(begin) + " s");
    }

    /** @return the live part in figures */
    private String live(LocalJob job, Progress progress, TickitDatabases databases, LocalKafka kafka)
            throws InterruptedException {
        long begin = System.nanoTime();
        out.println("now the databases change, about " + TRANSACTIONS_PER_SECOND + " transactions per second, "
                + (liveSeconds == null ? "until Enter is pressed" : "for " + liveSeconds + " s"));
        progress.live();
        try (TicketShop shop = databases.shop()) {
            long due = 0;
            while (!over(begin)) {
                shop.change();
                if (millis(begin) / 1_000 / SECONDS_BETWEEN_LINES > due) {
                    due = millis(begin) / 1_000 / SECONDS_BETWEEN_LINES;
                    out.println(progress.line(seconds(begin)));
                    refuseEnded(job);
                }
                stop.await(1_000 / TRANSACTIONS_PER_SECOND, TimeUnit.MILLISECONDS);
            }
            long changing = seconds(begin);
            Map<String, Integer> last = shop.lastRows();
            long end = System.nanoTime();
            awaitAll(job, progress, databases, kafka, last);
            return String.format(
                    Locale.ROOT,
                    "%,d transactions changed %,d rows in %d s; the lake had all of them %.1f s after the last; freshness of"
                            + " the commits %s",
                    shop.transactions(),
                    shop.changes(),
                    changing,
                    millis(end) / 1_000.0,
                    progress.freshness());
        }
    }

    private void awaitAll(
            LocalJob job, Progress progress, TickitDatabases databases, LocalKafka kafka, Map<String, Integer> last)
            throws InterruptedException {
        LakeComparison comparison = new LakeComparison(databases, new LakeQuery(lake.toString()));
        long begin = System.nanoTime();
        while (!(comparison.holds(last) && progress.accounted() >= messages(kafka))) {
            refuseEnded(job);
            if (seconds(begin) > CATCH_UP_TIMEOUT.toSeconds()) {
                throw new CommandException("Of " + messages(kafka) + " messages only " + progress.accounted()
                        + " are committed, skipped or dead letters " + seconds(begin)
                        + " s after the last change; see target/logs/demo.log");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private boolean compare(TickitDatabases databases) {
        List<TableDifference> tables = new LakeComparison(databases, new LakeQuery(lake.toString())).tables();
        List<List<String>> rows = new ArrayList<>();
        for (TableDifference table : tables) {
            rows.add(List.of(
                    table.table(),
                    Long.toString(table.databaseRows()),
                    Long.toString(table.lakeRows()),
                    Long.toString(table.differing())));
        }
        out.print(new TextTable(List.of("table", "rows in the database", "in the lake", "differing"), rows));
        boolean equal = tables.stream().allMatch(TableDifference::isEqual);
        tables.forEach(table -> table.examples().forEach(example -> out.println(table.table() + " " + example)));
        out.println(equal ? "the lake equals the databases" : "THE LAKE DIFFERS FROM THE DATABASES");
        return equal;
    }

    private TributaryConfig config(LocalKafka kafka, LocalRegistry registry) {
        return new JobSettings()
                .set("Source.bootstrap.servers", kafka.bootstrapServers())
                .set("Source.topic.pattern", TickitDatabases.TOPIC_PATTERN)
                .set("Source.discovery.interval", "1 s")
                .set("Source.start", "earliest")
                .set("SchemaRegistry.url", registry.url())
                .set("Lake.path", LakeAddress.of(lake.toString()))
                .set("Lake.buckets", "1")
                .set("Table.tickit.ecomm.listing.buckets", "4")
                .set("Table.tickit.ecomm.sale.buckets", "4")
                .load();
    }

    private boolean over(long begin) {
        return stop.getCount() == 0 || liveSeconds != null && seconds(begin) >= liveSeconds;
    }

    private static long messages(LocalKafka kafka) {
        return kafka.endOffsets(TOPICS).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static void refuseEnded(LocalJob job) {
        if (job.isDone()) {
            job.awaitFinished(Duration.ZERO);
            throw new CommandException("The job has ended by itself; see target/logs/demo.log");
        }
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static long seconds(long begin) {
        return millis(begin) / 1_000;
    }

    private static long millis(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }
}
