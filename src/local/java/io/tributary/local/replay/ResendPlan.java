package io.tributary.local.replay;

import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;
import io.tributary.source.RawRecord;
import io.tributary.source.ReplayHeader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which dead letters are sent in again, each message once and in the order of their topics, and which are not.
 *
 * @param due by topic, partition and first offset
 * @param skipped with the reason why
 */
public record ResendPlan(List<DeadLetter> due, List<Skipped> skipped) {
    static final String NOT_MENDED =
            "the row is in the lake already, and figures of windows that are closed, or of a row that the aggregate has"
                    + " refused, do not change when it comes again";
    static final String NO_PAYLOAD = "it was kept without its key, value and headers";
    static final String NOT_KAFKA = "it came from a Kinesis stream, and this command sends to Kafka topics";

    /** A dead letter that is not sent. */
    public record Skipped(DeadLetter letter, String why) {}

    /**
     * @param letters in any order; one that comes twice counts once
     * @param reasons those that are asked for; empty for all
     */
    public static ResendPlan of(Collection<DeadLetter> letters, Set<Reason> reasons) {
        Map<String, DeadLetter> due = new LinkedHashMap<>();
        Map<String, Skipped> skipped = new LinkedHashMap<>();
        for (DeadLetter letter : letters) {
            if (reasons.isEmpty() || reasons.contains(letter.reason())) {
                String why = whyNot(letter);
                if (why == null) {
                    due.putIfAbsent(first(letter.record()), letter);
                } else {
                    skipped.putIfAbsent(letter.record().coordinates() + why, new Skipped(letter, why));
                }
            }
        }
        List<DeadLetter> inOrder = new ArrayList<>(due.values());
        inOrder.sort(Comparator.comparing((DeadLetter letter) -> letter.record().topic())
                .thenComparing(letter -> letter.record().partition())
                .thenComparing(letter -> ReplayHeader.firstOffset(letter.record())));
        return new ResendPlan(List.copyOf(inOrder), List.copyOf(skipped.values()));
    }

    /** @return why sending it in again would be of no use; null where it is of use once the cause is mended */
    static String whyNot(DeadLetter letter) {
        if (letter.stage() == Stage.AGGREGATE) {
            return NOT_MENDED;
        }
        if (letter.record().sequenceNumber() != null) {
            return NOT_KAFKA;
        }
        // A tombstone is skipped by the job, never a dead letter.
        return letter.record().value() == null ? NO_PAYLOAD : null;
    }

    /** One that was sent again, and failed again, has a place of its own, and the first one in its header. */
    private static String first(RawRecord record) {
        return record.topic() + "[" + record.partition() + "]@" + ReplayHeader.firstOffset(record);
    }
}
