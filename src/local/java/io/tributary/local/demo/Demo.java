package io.tributary.local.demo;

import io.tributary.TributaryJob;
import io.tributary.config.TributaryConfig;
import io.tributary.local.cli.CommandException;
import io.tributary.local.cli.LakeAddress;
import io.tributary.local.job.JobSettings;
import io.tributary.local.job.LocalJob;
import io.tributary.local.query.LakeQuery;
import io.tributary.local.query.TableSummary;
import io.tributary.local.query.TextTable;
import io.tributary.local.recording.Recording;
import io.tributary.local.recording.RecordingLoader;
import io.tributary.local.replay.TopicReader;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalRegistry;
import io.tributary.preflight.Finding;
import io.tributary.preflight.PreflightReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Servers, recorded topics, live changes and the job, with a line of progress per second. */
final class Demo {
    private static final String RECORDING = "raw-headers-default";
    private static final String FIGURES = "sales-by-city";
    private static final String GROUP = "venuecity";
    private static final int LIVE_CHANGES_PER_SECOND = 50;
    private static final int SECONDS_BETWEEN_WINDOWS = 10;
    private static final int PARALLELISM = 2;
    private static final int QUIET_SECONDS = 3;
    private static final Duration REPLAY_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration FIGURES_TIMEOUT = Duration.ofMinutes(1);

    private final Path lake;
    private final boolean once;
    private final Integer port;
    private final PrintStream out;
    private final CountDownLatch stop = new CountDownLatch(1);

    /**
     * @param lake a directory that does not exist yet
     * @param once whether to end after the recorded changes
     * @param port of Flink's web interface; null for any free one
     */
    Demo(Path lake, boolean once, Integer port, PrintStream out) {
        this.lake = lake;
        this.once = once;
        this.port = port;
        this.out = out;
    }

    /** Makes {@link #run()} come to its end. */
    void stop() {
        stop.countDown();
    }

    void run() throws InterruptedException {
        CompletableFuture<LocalRegistry> registryStart = CompletableFuture.supplyAsync(LocalRegistry::started);
        Recording recording = Recording.bundled(RECORDING);
        try (LocalKafka kafka = LocalKafka.started();
                LocalRegistry registry = registryStart.join()) {
            out.println("Kafka " + kafka.bootstrapServers() + ", schema registry " + registry.url());
            int messages = load(recording, kafka, registry);
            try (LocalJob job = LocalJob.start(config(kafka, registry, recording), flink(), PARALLELISM);
                    TopicReader figures = new TopicReader(kafka.bootstrapServers(), List.of(FIGURES))) {
                out.println(messages + " recorded messages of "
                        + recording.topics().size() + " topics; Flink's web interface " + job.webInterface()
                        + (once ? "" : "; Ctrl-C ends the demo"));
                long begin = System.nanoTime();
                Progress progress = new Progress(job.metrics());
                StatusWatch watch = new StatusWatch(job.metrics(), progress);
                try (StatusPage page = StatusPage.start(watch)) {
                    out.println("status page " + page.url());
                    replay(job, progress, messages, begin);
                    awaitFigures(job, figures);
                    if (!once && !stopped()) {
                        live(job, progress, recording, kafka, figures, watch, begin);
                    }
                    show(figures, watch);
                }
            }
        }
        out.print(tables());
        out.println("read it with: bin/query --lake " + lake + " sale");
    }

    /**
     * Starts the servers with the recorded topics, and only asks what the job asks before it starts.
     *
     * @return whether no check has failed
     */
    boolean check() throws InterruptedException {
        Recording recording = Recording.bundled(RECORDING);
        try (LocalKafka kafka = LocalKafka.started();
                LocalRegistry registry = LocalRegistry.started()) {
            load(recording, kafka, registry);
            PreflightReport report = TributaryJob.preflight(
                            config(kafka, registry, recording), new StreamExecutionEnvironment(LocalJob.defaults()))
                    .run();
            out.print(report);
            return report.count(Finding.Level.FAIL) == 0;
        }
    }

    /** @return how many messages there are now */
    private static int load(Recording recording, LocalKafka kafka, LocalRegistry registry) {
        registry.importExport(recording.registryExport());
        int messages = new RecordingLoader(recording, kafka).loadAll();
        kafka.createTopic(FIGURES, 1, Map.of("cleanup.policy", "compact"));
        return messages;
    }

    private void replay(LocalJob job, Progress progress, int messages, long begin) throws InterruptedException {
        boolean committed = false;
        while (progress.accounted() < messages && !stopped()) {
            committed = firstCommit(committed, progress, begin);
            out.println(progress.line(seconds(begin)));
            refuseEnded(job);
            if (seconds(begin) > REPLAY_TIMEOUT.toSeconds()) {
                throw new CommandException("Of " + messages + " recorded messages only " + progress.accounted()
                        + " are committed, skipped or dead letters after " + REPLAY_TIMEOUT.toSeconds()
                        + " s; see target/logs/demo.log");
            }
        }
        firstCommit(committed, progress, begin);
        out.println(progress.line(seconds(begin)));
        if (progress.accounted() >= messages) {
            out.println("all recorded messages are accounted for after " + seconds(begin) + " s");
        }
    }

    /** @return whether there has been a commit; the first one is told of */
    private boolean firstCommit(boolean known, Progress progress, long begin) {
        boolean committed = known || progress.committed() > 0;
        if (committed && !known) {
            out.println("first commit after " + seconds(begin) + " s");
        }
        return committed;
    }

    /** Waits until the figures of the recorded sales are out, which comes some emit intervals after the commits. */
    private void awaitFigures(LocalJob job, TopicReader figures) throws InterruptedException {
        long begin = System.nanoTime();
        Map<String, String> seen = Map.of();
        int quietSeconds = 0;
        while (quietSeconds < QUIET_SECONDS && !stopped()) {
            refuseEnded(job);
            if (seconds(begin) > FIGURES_TIMEOUT.toSeconds()) {
                throw new CommandException("The figures of topic " + FIGURES + " are not complete "
                        + FIGURES_TIMEOUT.toSeconds() + " s after the commits; see target/logs/demo.log");
            }
            figures.catchUp();
            Map<String, String> now = Map.copyOf(figures.values(FIGURES));
            quietSeconds = now.isEmpty() || !now.equals(seen) ? 0 : quietSeconds + 1;
            seen = now;
        }
    }

    private void live(
            LocalJob job,
            Progress progress,
            Recording recording,
            LocalKafka kafka,
            TopicReader figures,
            StatusWatch watch,
            long begin)
            throws InterruptedException {
        long liveBegin = System.nanoTime();
        out.println("now live changes, about " + LIVE_CHANGES_PER_SECOND + " per second");
        progress.live();
        try (LiveShop shop = new LiveShop(recording, kafka.bootstrapServers(), LIVE_CHANGES_PER_SECOND)) {
            shop.open();
            while (!stopped()) {
                out.println(progress.line(seconds(begin)));
                refuseEnded(job);
                figures.catchUp();
                watch.figures(figures.values(FIGURES).values(), GROUP);
                if (seconds(liveBegin) % SECONDS_BETWEEN_WINDOWS == SECONDS_BETWEEN_WINDOWS - 1) {
                    show(figures, watch);
                }
            }
        }
    }

    private void show(TopicReader figures, StatusWatch watch) {
        figures.catchUp();
        watch.figures(figures.values(FIGURES).values(), GROUP);
        NewestWindow.describe(figures.values(FIGURES).values(), GROUP).ifPresent(out::print);
    }

    private String tables() {
        List<List<String>> rows = new ArrayList<>();
        for (TableSummary table : new LakeQuery(lake.toString()).summaries()) {
            rows.add(List.of(
                    table.name(),
                    Long.toString(table.rows()),
                    Integer.toString(table.commits()),
                    Integer.toString(table.files())));
        }
        return new TextTable(List.of("table", "rows", "commits", "files"), rows).toString();
    }

    private TributaryConfig config(LocalKafka kafka, LocalRegistry registry, Recording recording) {
        String aggregate = "Aggregate.sales.";
        return JobSettings.of(kafka, registry, recording.topics(), LakeAddress.of(lake.toString()))
                .set("Lake.buckets", "1")
                .set(aggregate + "table", "tickit.ecomm.sale")
                .set(aggregate + "dimension.event", "tickit.ems.event on eventid")
                .set(aggregate + "dimension.venue", "tickit.ems.venue on event.venueid")
                .set(aggregate + "group.by", "venue." + GROUP)
                .set(aggregate + "amount", "pricepaid")
                .set(aggregate + "time", "saletime")
                .set(aggregate + "time.format", "M/d/yyyy HH:mm:ss")
                .set(aggregate + "emit.interval", "1 s")
                .set(aggregate + "idle.timeout", "5 s")
                // The recorded sales are years old; all of them are to count.
                .set(aggregate + "retention", "20000 d")
                .set(aggregate + "output", FIGURES)
                .load();
    }

    private Configuration flink() {
        Configuration flink = new Configuration();
        if (port != null) {
            flink.set(RestOptions.BIND_PORT, Integer.toString(port));
        }
        return flink;
    }

    /** @return whether the end is wished for; waits a second for it */
    private boolean stopped() throws InterruptedException {
        return stop.await(1, TimeUnit.SECONDS);
    }

    private static void refuseEnded(LocalJob job) {
        if (job.isDone()) {
            job.awaitFinished(Duration.ZERO);
            throw new CommandException("The job has ended by itself; see target/logs/demo.log");
        }
    }

    private static long seconds(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    }
}
