package io.tributary.aggregate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.local.recording.Moment;
import io.tributary.local.recording.Recording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What {@code SELECT ..., sum(pricepaid), count(*), sum(qtysold) ... GROUP BY} gives on what the database held. */
final class TruthFigures {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter SALETIME = DateTimeFormatter.ofPattern("M/d/yyyy HH:mm:ss");

    /** Sales as text with two decimals, orders, quantity. */
    record Sum(String sales, long orders, long quantity) {
        static Sum parse(String value) {
            try {
                JsonNode json = JSON.readTree(value);
                return new Sum(
                        json.get("sales").asText(),
                        json.get("orders").asLong(),
                        json.get("quantity").asLong());
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + value, e);
            }
        }
    }

    private final List<Map<String, String>> sales;
    private final Map<String, Map<String, String>> events;
    private final Map<String, Map<String, String>> categories;
    private final Map<String, Map<String, String>> venues;

    TruthFigures(Recording recording) {
        this.sales = recording.truth("tickit.ecomm.sale", Moment.FINAL).asMaps();
        this.events = byKey(recording, "tickit.ems.event", Moment.FINAL);
        this.venues = byKey(recording, "tickit.ems.venue", Moment.FINAL);
        // The flattening transform drops truncates, so flattened topics end with what was there before and after.
        this.categories = recording.name().startsWith("unwrap")
                ? byKey(recording, "tickit.ems.category", Moment.BEFORE_TRUNCATE)
                : new HashMap<>();
        categories.putAll(byKey(recording, "tickit.ems.category", Moment.FINAL));
    }

    Map<String, Sum> byEvent() {
        return sums(sale -> JSON.createObjectNode().put("eventid", Long.parseLong(sale.get("eventid"))));
    }

    Map<String, Sum> byCategory() {
        return sums(sale -> JSON.createObjectNode().put("catname", named(sale, "catid", categories, "catname")));
    }

    Map<String, Sum> byVenue() {
        return sums(sale -> JSON.createObjectNode().put("venuecity", city(sale)));
    }

    Map<String, Sum> byCityAndDay() {
        return sums(sale -> {
            String day = day(sale.get("saletime"));
            return day == null
                    ? null
                    : JSON.createObjectNode().put("venuecity", city(sale)).put("start", day);
        });
    }

    private Map<String, Sum> sums(Function<Map<String, String>, ObjectNode> group) {
        Map<String, BigDecimal> amounts = new HashMap<>();
        Map<String, long[]> counts = new HashMap<>();
        for (Map<String, String> sale : sales) {
            ObjectNode key = group.apply(sale);
            if (key != null) {
                String price = sale.get("pricepaid");
                amounts.merge(key.toString(), price == null ? BigDecimal.ZERO : new BigDecimal(price), BigDecimal::add);
                long[] count = counts.computeIfAbsent(key.toString(), any -> new long[2]);
                count[0]++;
                count[1] += Long.parseLong(sale.get("qtysold"));
            }
        }
        Map<String, Sum> sums = new TreeMap<>();
        amounts.forEach((key, amount) -> sums.put(
                key,
                new Sum(
                        amount.setScale(2, RoundingMode.HALF_UP).toPlainString(),
                        counts.get(key)[0],
                        counts.get(key)[1])));
        return sums;
    }

    private String city(Map<String, String> sale) {
        return named(sale, "venueid", venues, "venuecity");
    }

    private String named(
            Map<String, String> sale, String column, Map<String, Map<String, String>> dimension, String name) {
        Map<String, String> event = events.get(sale.get("eventid"));
        Map<String, String> row = event == null ? null : dimension.get(event.get(column));
        return row == null ? "unknown" : row.get(name);
    }

    /** @return the start of the day; null where the text is no time: such a sale is in no window */
    private static String day(String saletime) {
        if (saletime == null || !saletime.matches("\\d+/\\d+/\\d+ \\d\\d:\\d\\d:\\d\\d")) {
            return null;
        }
        return LocalDateTime.parse(saletime, SALETIME)
                .toLocalDate()
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .toString();
    }

    private static Map<String, Map<String, String>> byKey(Recording recording, String table, Moment moment) {
        Map<String, Map<String, String>> rows = new HashMap<>();
        var truth = recording.truth(table, moment);
        truth.asMaps().forEach(row -> rows.put(row.get(truth.columns().get(0)), row));
        return rows;
    }
}
