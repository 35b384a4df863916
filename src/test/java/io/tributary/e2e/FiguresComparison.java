package io.tributary.e2e;

import static org.awaitility.Awaitility.await;

import io.tributary.aggregate.FigureTopics;
import io.tributary.aggregate.RecordedAggregates;
import io.tributary.local.cli.Arguments;
import io.tributary.local.cli.Command;
import io.tributary.local.cli.CommandException;
import io.tributary.local.cli.ExitCode;
import io.tributary.local.cli.UsageException;
import io.tributary.local.recording.Recording;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.WorkDirectory;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * {@code bin/figures}: runs recordings through the job, some of them with {@code kill -9} under load, and compares the
 * figures in the topics with those of SQL over what the database held in the end.
 */
public final class FiguresComparison {
    private static final String USAGE = """
            usage: bin/figures [--recordings NAMES] [--parallelisms NUMBERS] [--kills NUMBERS]
              --recordings    names or folders, by default raw-headers-default,unwrap-headers-default
              --parallelisms  of the job, by default 1,2,4
              --kills         how often the job's process is killed (kill -9) and started again, by default 0,1
            Runs every combination. Exit code 0 only if no figure differs from SQL's.""";
    private static final String ROW = "%-23s %11s %5s  %-16s %-12s %8s %11s%n";
    private static final int FIGURES_BEFORE_KILL = 100;

    private int compared;
    private int differences;

    private FiguresComparison() {}

    public static void main(String[] args) {
        System.exit(Command.run(USAGE, () -> {
            try {
                return run(args);
            } catch (AssertionError e) {
                throw new CommandException(e.getMessage(), e);
            }
        }));
    }

    private static int run(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args, Set.of("recordings", "parallelisms", "kills"), Set.of("help"));
        if (arguments.has("help")) {
            System.out.println(USAGE);
            return ExitCode.OK;
        }
        String recordings = arguments.value("recordings").orElse("raw-headers-default,unwrap-headers-default");
        List<Integer> parallelisms =
                numbers("parallelisms", arguments.value("parallelisms").orElse("1,2,4"));
        List<Integer> kills = numbers("kills", arguments.value("kills").orElse("0,1"));
        FiguresComparison comparison = new FiguresComparison();
        System.out.printf(ROW, "recording", "parallelism", "kills", "group", "window", "figures", "differences");
        for (String name : recordings.split(",")) {
            for (int parallelism : parallelisms) {
                for (int kill : kills) {
                    comparison.run(recording(name), parallelism, kill);
                }
            }
        }
        System.out.printf("%d figures compared, %d differences%n", comparison.compared, comparison.differences);
        return comparison.differences == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static List<Integer> numbers(String option, String text) {
        if (!text.matches("\\d{1,3}(,\\d{1,3})*")) {
            throw new UsageException("--" + option + " takes numbers as in 1,2,4, not " + text);
        }
        return Stream.of(text.split(",")).map(Integer::valueOf).toList();
    }

    private static Recording recording(String name) {
        try {
            return Recording.of(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private void run(Recording recording, int parallelism, int kills) throws Exception {
        try (WorkDirectory directory = WorkDirectory.create("figures");
                LocalKafka kafka = LocalKafka.started();
                Feed feed = new Feed(recording, kafka);
                FigureTopics figures = new FigureTopics(kafka, FigureJob.DELIVERIES.keySet())) {
            FigureJob job = new FigureJob(recording, kafka, directory.path());
            feed.next(FigureJob.BEFORE_SALES);
            for (int left = kills; left > 0; left--) {
                try (JobProcess process = job.start(parallelism)) {
                    int reserve = feed.left() * left / (left + 1);
                    FigureJob.underLoad(process, feed, reserve, figures, figures.seen() + FIGURES_BEFORE_KILL);
                }
            }
            feed.all();
            try (JobProcess process = job.start(parallelism)) {
                awaitTruth(process, feed, figures, recording);
            }
            for (RecordedAggregates aggregate : FigureJob.DELIVERIES.keySet()) {
                FigureTopics.Comparison result = figures.compare(aggregate, recording);
                compared += result.compared();
                differences += result.differences();
                System.out.printf(
                        Locale.ROOT,
                        ROW,
                        recording.name(),
                        parallelism,
                        kills,
                        aggregate.group(),
                        aggregate.window(),
                        result.compared(),
                        result.differences());
            }
        }
    }

    /** Until all messages are in a checkpoint and the figures equal SQL's; where they do not in time, they differ. */
    private static void awaitTruth(JobProcess process, Feed feed, FigureTopics figures, Recording recording) {
        try {
            await().pollInSameThread().atMost(FigureJob.PATIENCE).until(() -> {
                process.assertAlive();
                figures.poll();
                if (!feed.isInCheckpoint()) {
                    return false;
                }
                for (RecordedAggregates aggregate : FigureJob.DELIVERIES.keySet()) {
                    if (figures.compare(aggregate, recording).differences() > 0) {
                        return false;
                    }
                }
                return true;
            });
        } catch (ConditionTimeoutException e) {
            System.err.println("not equal within " + FigureJob.PATIENCE.toMinutes() + " minutes");
        }
    }
}
