package io.tributary.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What the aggregates have to be: sums over the model database's rows as they are in the end. */
final class TruthFigures {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long HOUR_MICROS = 3_600_000_000L;

    private final History history;

    TruthFigures(History history) {
        this.history = history;
    }

    /** @return amount and count by the figures' keys: {@code sum(pricepaid), count(*) GROUP BY eventid} */
    Map<String, String> totals() {
        return sums(sale -> JSON.createObjectNode().put("eventid", ((Number) sale.get("eventid")).longValue()));
    }

    /** @return the same by the category of the event, and the hour */
    Map<String, String> byCategoryAndHour() {
        Map<Object, Map<String, Object>> events = new HashMap<>();
        history.table("event")
                .rows()
                .values()
                .forEach(event -> events.put(((Number) event.get("eventid")).longValue(), event));
        return sums(sale -> {
            Map<String, Object> event = events.get(((Number) sale.get("eventid")).longValue());
            ObjectNode key = JSON.createObjectNode();
            if (event == null) {
                key.put("catid", "unknown");
            } else {
                key.put("catid", ((Number) event.get("catid")).longValue());
            }
            long hour = Math.floorDiv((Long) sale.get("saletime"), HOUR_MICROS);
            return key.put("start", Instant.ofEpochSecond(hour * 3_600).toString());
        });
    }

    /** @return the newest figures of a topic in the same form, without groups that have no orders any more */
    static Map<String, String> read(Map<String, String> topic) {
        Map<String, String> figures = new TreeMap<>();
        topic.forEach((key, value) -> {
            try {
                var json = JSON.readTree(value);
                if (json.get("orders").asLong() != 0) {
                    figures.put(
                            key,
                            json.get("sales").asText() + " in "
                                    + json.get("orders").asLong());
                }
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + value, e);
            }
        });
        return figures;
    }

    private Map<String, String> sums(Function<Map<String, Object>, ObjectNode> group) {
        Map<String, BigDecimal> amounts = new TreeMap<>();
        Map<String, Integer> orders = new HashMap<>();
        for (Map<String, Object> sale : history.table("sale").rows().values()) {
            String key = group.apply(sale).toString();
            BigDecimal paid = (BigDecimal) sale.get("pricepaid");
            amounts.merge(key, paid == null ? BigDecimal.ZERO : paid, BigDecimal::add);
            orders.merge(key, 1, Integer::sum);
        }
        Map<String, String> figures = new TreeMap<>();
        amounts.forEach((key, amount) ->
                figures.put(key, amount.setScale(2, RoundingMode.HALF_UP).toPlainString() + " in " + orders.get(key)));
        return figures;
    }
}
