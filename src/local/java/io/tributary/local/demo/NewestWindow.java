package io.tributary.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.local.query.TextTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The ten largest groups of the newest window among an aggregate's figures. */
final class NewestWindow {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int GROUPS = 10;
    private static final int WINDOWS = 48;

    /** One group's sum. */
    record Figure(String name, BigDecimal sales, String orders) {}

    /**
     * A window.
     *
     * @param group the field that names the groups
     * @param groups how many there are
     * @param largest the largest of them, in that order; at least one
     * @param newest the sums of the newest windows, by their starts, oldest first; this one is the last
     */
    record Window(
            String group,
            String start,
            String end,
            int groups,
            List<Figure> largest,
            SortedMap<String, BigDecimal> newest) {}

    private NewestWindow() {}

    /**
     * @param figures values of the aggregate's topic
     * @param group the field that names the group
     * @return empty where there is no figure
     */
    static Optional<Window> of(Collection<String> figures, String group) {
        List<JsonNode> all = new ArrayList<>();
        for (String figure : figures) {
            JsonNode node = parse(figure);
            if (node.path("orders").asLong() > 0) {
                all.add(node);
            }
        }
        return all.stream()
                .map(figure -> figure.path("start").asText())
                .max(Comparator.naturalOrder())
                .map(start -> window(start, all, group));
    }

    /** @return the window as lines for the terminal; empty where there is no figure */
    static Optional<String> describe(Collection<String> figures, String group) {
        return of(figures, group).map(window -> {
            List<List<String>> rows = window.largest().stream()
                    .map(figure -> List.of(figure.name(), figure.sales().toPlainString(), figure.orders()))
                    .toList();
            return "sales by " + group + ", " + window.start() + " to " + window.end() + ", "
                    + window.largest().size() + " of " + window.groups() + " groups\n"
                    + new TextTable(List.of(group, "sales", "orders"), rows);
        });
    }

    private static Window window(String start, List<JsonNode> all, String group) {
        List<JsonNode> window = all.stream()
                .filter(figure -> figure.path("start").asText().equals(start))
                .toList();
        List<Figure> largest = window.stream()
                .map(figure -> new Figure(
                        figure.path(group).asText(),
                        sales(figure),
                        figure.path("orders").asText()))
                .sorted(Comparator.comparing(Figure::sales).reversed())
                .limit(GROUPS)
                .toList();
        TreeMap<String, BigDecimal> sums = new TreeMap<>();
        all.forEach(figure -> sums.merge(figure.path("start").asText(), sales(figure), BigDecimal::add));
        while (sums.size() > WINDOWS) {
            sums.pollFirstEntry();
        }
        return new Window(group, start, window.get(0).path("end").asText(), window.size(), largest, sums);
    }

    private static BigDecimal sales(JsonNode figure) {
        return new BigDecimal(figure.path("sales").asText("0"));
    }

    private static JsonNode parse(String figure) {
        try {
            return JSON.readTree(figure);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not JSON: " + figure, e);
        }
    }
}
