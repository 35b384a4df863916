package io.tributary.preflight;

import io.tributary.config.SourceOptions;
import io.tributary.config.TributaryConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All checks of a job, side by side, each for no longer than a deadline. */
public final class Preflight {
    /** No check takes longer; what has not answered by then is a finding of its own. */
    public static final Duration DEADLINE = Duration.ofSeconds(20);

    private final List<Check> checks;
    private final Duration deadline;

    Preflight(List<Check> checks, Duration deadline) {
        this.checks = List.copyOf(checks);
        this.deadline = deadline;
    }

    /** @param checkpoints what Flink's configuration says of them */
    public static Preflight of(TributaryConfig config, CheckpointSettings checkpoints) {
        List<Check> checks = new ArrayList<>();
        checks.add(new CheckpointCheck(checkpoints));
        if (config.group(SourceOptions.GROUP).get(SourceOptions.TYPE) == SourceOptions.Type.KINESIS) {
            checks.add(new StreamCheck(config));
        } else {
            checks.add(new TopicCheck(config));
        }
        checks.add(new RegistryCheck(config));
        checks.add(new DirectoryCheck("lake", "Lake.path", DirectoryCheck.lake(config), config));
        checks.add(new LeaseCheck(config));
        checks.add(new TableCheck(config));
        checks.add(new AggregateCheck(config, checkpoints));
        checks.add(new OutputTopicCheck(config));
        DirectoryCheck.deadLetters(config)
                .ifPresent(path -> checks.add(new DirectoryCheck("letters", "DeadLetter.path", path, config)));
        return new Preflight(checks, DEADLINE);
    }

    /** Runs all checks and waits for them, at most as long as the deadline. */
    public PreflightReport run() throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + deadline.toNanos();
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "preflight");
            thread.setDaemon(true);
            thread.setContextClassLoader(Preflight.class.getClassLoader());
            return thread;
        });
        try {
            Map<Check, Future<List<Finding>>> running = new LinkedHashMap<>();
            checks.forEach(check -> running.put(check, threads.submit(check::run)));
            List<Finding> findings = new ArrayList<>();
            for (Map.Entry<Check, Future<List<Finding>>> check : running.entrySet()) {
                findings.addAll(answer(check.getKey().subject(), check.getValue(), end - System.nanoTime()));
            }
            return new PreflightReport(findings, Duration.ofNanos(System.nanoTime() - begin));
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Finding> answer(String subject, Future<List<Finding>> future, long nanos) throws InterruptedException {
        try {
            return future.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return List.of(Finding.warn(
                    subject,
                    "no answer within " + deadline.toSeconds() + " s",
                    "the job goes on asking by itself; look at the network between them, and at the other findings"));
        } catch (ExecutionException e) {
            return List.of(Finding.fail(subject, Causes.text(e.getCause()), "mend what the message says"));
        }
    }
}
