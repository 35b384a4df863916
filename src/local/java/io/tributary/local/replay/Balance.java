package io.tributary.local.replay;

import io.tributary.local.query.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of every message. The four figures come from four places: input from the topics' offsets, applied from the
 * lake's commits, skipped from the decode operator, dead letters from what lies in their directory.
 *
 * @param topics per topic, sorted by name
 * @param skipped by reason
 * @param deadLetters by reason
 */
public record Balance(List<Topic> topics, Map<String, Long> skipped, Map<String, Long> deadLetters) {
    /**
     * One topic's part. Skipped messages are counted by reason only; a topic's share is what is neither a change nor a
     * dead letter before that.
     *
     * @param input messages in the topic
     * @param changes events that the decode operator handed on
     * @param applied events that are in a commit
     * @param deadBefore dead letters in place of a change
     * @param deadAfter dead letters of changes that the lake could not place
     */
    public record Topic(String name, long input, long changes, long applied, long deadBefore, long deadAfter) {
        long skipped() {
            return input - changes - deadBefore;
        }

        long deadLetters() {
            return deadBefore + deadAfter;
        }

        /** @return events that are in no commit and no dead letter; below zero where some are counted twice */
        long missing() {
            return changes - applied - deadAfter;
        }
    }

    public long input() {
        return topics.stream().mapToLong(Topic::input).sum();
    }

    public long applied() {
        return topics.stream().mapToLong(Topic::applied).sum();
    }

    public long skippedTotal() {
        return sum(skipped);
    }

    public long deadLettersTotal() {
        return sum(deadLetters);
    }

    /** @return what is wrong, a line each; empty where input = applied + skipped + dead letters, for each topic too */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        long accounted = applied() + skippedTotal() + deadLettersTotal();
        if (input() != accounted) {
            problems.add("input " + input() + " is not applied " + applied() + " + skipped " + skippedTotal()
                    + " + dead letters " + deadLettersTotal() + " = " + accounted);
        }
        for (Topic topic : topics) {
            if (topic.missing() != 0) {
                problems.add("topic " + topic.name() + ": of " + topic.changes() + " changes " + topic.applied()
                        + " are applied and " + topic.deadAfter() + " dead letters");
            }
            if (topic.skipped() < 0) {
                problems.add("topic " + topic.name() + ": " + topic.changes() + " changes and " + topic.deadBefore()
                        + " dead letters come from " + topic.input() + " messages");
            }
        }
        return problems;
    }

    @Override
    public String toString() {
        List<List<String>> rows = new ArrayList<>();
        topics.forEach(topic ->
                rows.add(row(topic.name(), topic.input(), topic.applied(), topic.skipped(), topic.deadLetters())));
        rows.add(row("total", input(), applied(), skippedTotal(), deadLettersTotal()));
        return new TextTable(List.of("table", "input", "applied", "skipped", "dead letters"), rows)
                + (skipped.isEmpty() ? "" : "skipped: " + reasons(skipped) + "\n")
                + (deadLetters.isEmpty() ? "" : "dead letters: " + reasons(deadLetters) + "\n");
    }

    private static List<String> row(String name, long input, long applied, long skipped, long deadLetters) {
        return List.of(
                name, Long.toString(input), Long.toString(applied), Long.toString(skipped), Long.toString(deadLetters));
    }

    private static String reasons(Map<String, Long> byReason) {
        List<String> texts = new ArrayList<>();
        byReason.forEach((reason, count) -> texts.add(reason + " " + count));
        return String.join(", ", texts);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
