package io.tributary.local.docs;

import io.tributary.aggregate.AggregateMetrics;
import io.tributary.metrics.Described;
import io.tributary.metrics.MetricNames;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference of the metrics, generated from the descriptions of their names. */
public final class MetricReference {
    private static final MarkedSection SECTION = new MarkedSection("metrics");

    /**
     * A metric.
     *
     * @param constant the constant that has its name
     * @param name as it is registered, without what may follow it
     */
    public record Entry(String constant, String name, Described described) {
        /** @return whether a metric of this name is meant */
        public boolean matches(String registered) {
            return described.suffix().isEmpty() ? registered.equals(name) : registered.startsWith(name);
        }
    }

    private MetricReference() {}

    /** @return all metrics, in the order of the reference */
    public static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Class<?> names : List.of(MetricNames.class, AggregateMetrics.class)) {
            for (Field field : names.getFields()) {
                Described described = field.getAnnotation(Described.class);
                if (described != null) {
                    entries.add(new Entry(names.getSimpleName() + "." + field.getName(), value(field), described));
                }
            }
        }
        return entries;
    }

    /** @throws IllegalStateException where the file lacks the markers */
    public static void update(Path file) throws IOException {
        SECTION.update(file, markdown());
    }

    /** @return what stands between the markers of the file, without the line break after the first */
    public static String read(Path file) throws IOException {
        return SECTION.read(file);
    }

    /** @return a table per operator, in Markdown, ending with a line break */
    public static String markdown() {
        Map<String, List<Entry>> operators = new LinkedHashMap<>();
        for (Entry entry : entries()) {
            operators
                    .computeIfAbsent(entry.described().operator(), key -> new ArrayList<>())
                    .add(entry);
        }
        StringBuilder text = new StringBuilder();
        operators.forEach((operator, entries) -> {
            text.append("\n**`").append(operator).append("`**\n\n");
            text.append("| metric | one for each | kind | unit | meaning |\n|---|---|---|---|---|\n");
            entries.forEach(entry -> text.append(row(entry)));
        });
        return text.append('\n').toString();
    }

    private static String row(Entry entry) {
        Described described = entry.described();
        String scopes =
                Stream.of(described.scopes()).map(MetricReference::lower).collect(Collectors.joining(", "));
        return "| `" + entry.name() + described.suffix() + "` | " + scopes + " | " + lower(described.kind()) + " | "
                + MarkedSection.cell(described.unit()) + " | " + MarkedSection.cell(described.text()) + " |\n";
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The constant " + field + " is not public", e);
        }
    }
}
