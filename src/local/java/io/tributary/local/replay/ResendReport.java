package io.tributary.local.replay;

import io.tributary.deadletter.DeadLetter;
import io.tributary.local.query.TextTable;
import io.tributary.local.replay.ResendPlan.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What became of dead letters that were to be sent in again.
 *
 * @param sent those that Kafka has
 * @param skipped those that are not sent since it would be of no use
 * @param refused those that could not be sent
 */
public record ResendReport(List<DeadLetter> sent, List<Skipped> skipped, List<Skipped> refused) {
    private static final int NAMED = 5;

    /** Counts by topic and reason, then why letters were not sent, with the places of the first ones. */
    @Override
    public String toString() {
        Map<String, long[]> counts = new TreeMap<>();
        sent.forEach(letter -> of(letter, counts)[0]++);
        Stream.concat(skipped.stream(), refused.stream()).forEach(one -> of(one.letter(), counts)[1]++);
        List<List<String>> rows = new ArrayList<>();
        counts.forEach((name, count) -> {
            List<String> row = new ArrayList<>(List.of(name.split(" ")));
            row.add(Long.toString(count[0]));
            row.add(Long.toString(count[1]));
            rows.add(row);
        });
        rows.add(
                List.of("total", "", Integer.toString(sent.size()), Integer.toString(skipped.size() + refused.size())));
        return new TextTable(List.of("topic", "reason", "sent", "not sent"), rows)
                + why("skipped", skipped)
                + why("failed", refused);
    }

    private static long[] of(DeadLetter letter, Map<String, long[]> counts) {
        return counts.computeIfAbsent(
                letter.record().topic() + " " + letter.reason().label(), name -> new long[2]);
    }

    private static String why(String title, List<Skipped> letters) {
        Map<String, List<String>> places = new TreeMap<>();
        letters.forEach(one -> places.computeIfAbsent(one.why(), why -> new ArrayList<>())
                .add(one.letter().record().coordinates()));
        StringBuilder text = new StringBuilder();
        places.forEach((why, where) -> text.append(title)
                .append(' ')
                .append(where.size())
                .append(": ")
                .append(why)
                .append(" (")
                .append(String.join(", ", where.subList(0, Math.min(NAMED, where.size()))))
                .append(where.size() > NAMED ? ", ...)\n" : ")\n"));
        return text.toString();
    }
}
