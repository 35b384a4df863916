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

/** The ten largest groups of the newest window among an aggregate's figures. */
final class NewestWindow {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int GROUPS = 10;

    private NewestWindow() {}

    /**
     * @param figures values of the aggregate's topic
     * @param group the field that names the group
     * @return lines for the terminal; empty where there is no figure
     */
    static Optional<String> describe(Collection<String> figures, String group) {
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
                .map(start -> table(start, all, group));
    }

    private static String table(String start, List<JsonNode> all, String group) {
        List<JsonNode> window = all.stream()
                .filter(figure -> figure.path("start").asText().equals(start))
                .sorted(Comparator.comparing(NewestWindow::sales).reversed())
                .toList();
        List<List<String>> rows = window.stream()
                .limit(GROUPS)
                .map(figure -> List.of(
                        figure.path(group).asText(),
                        figure.path("sales").asText(),
                        figure.path("orders").asText()))
                .toList();
        return "sales by " + group + ", " + start + " to "
                + window.get(0).path("end").asText() + ", "
                + Math.min(GROUPS, window.size()) + " of " + window.size() + " groups\n"
                + new TextTable(List.of(group, "sales", "orders"), rows);
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
