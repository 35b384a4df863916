package io.tributary.local.replay;

import io.tributary.config.LakeOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.Reason;
import io.tributary.local.cli.CommandException;
import io.tributary.local.cli.LakeAddress;
import io.tributary.local.replay.ResendPlan.Skipped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Sends dead letters in again, once their cause is mended: to the topics that they came from, where the job reads them. */
public final class Resend {
    private final TributaryConfig config;
    private final String source;
    private Set<Reason> reasons = Set.of();
    private String otherTopic;
    private boolean compactedToo;

    /**
     * @param config the brokers and how they are reached; {@code Lake.hadoop.*} for a directory that is not local
     * @param source a directory as {@code DeadLetter.path}, or the name of a topic
     */
    public Resend(TributaryConfig config, String source) {
        this.config = config;
        this.source = source;
    }

    /** Takes letters of these reasons only; empty for all. */
    public Resend reasons(Set<Reason> only) {
        reasons = Set.copyOf(only);
        return this;
    }

    /** Sends all of them to another topic. */
    public Resend to(String topic) {
        otherTopic = topic;
        return this;
    }

    /** Sends to topics that are compacted too. */
    public Resend compacted(boolean too) {
        compactedToo = too;
        return this;
    }

    /**
     * @return what would be sent
     * @throws CommandException where there is nothing to read
     */
    public ResendPlan plan() {
        return ResendPlan.of(letters(), reasons);
    }

    /** @throws CommandException where there is nothing to read, or the brokers cannot be reached */
    public ResendReport run() {
        ResendPlan plan = plan();
        List<Skipped> refused = new DeadLetterSender(config, otherTopic, compactedToo).send(plan.due());
        List<DeadLetter> sent = new ArrayList<>(plan.due());
        sent.removeAll(refused.stream().map(Skipped::letter).toList());
        return new ResendReport(sent, plan.skipped(), refused);
    }

    private List<DeadLetter> letters() {
        if (!source.contains("/") && !Files.isDirectory(Path.of(source))) {
            return DeadLetterTopic.read(source, config);
        }
        Configuration hadoop = new Configuration();
        TributaryConfig.passedThrough(config.group(LakeOptions.GROUP), LakeOptions.HADOOP_PREFIX)
                .forEach(hadoop::set);
        List<DeadLetter> letters = DeadLetterFiles.all(LakeAddress.of(source), hadoop);
        if (letters.isEmpty()) {
            throw new CommandException("There are no dead letters in " + source + " (files *.jsonl)");
        }
        return letters;
    }
}
