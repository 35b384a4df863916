package io.tributary.aggregate;

import io.tributary.local.recording.Recording;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Aggregates over the recordings' sales, and what SQL over the database gives for them. */
public enum RecordedAggregates {
    /** A total that needs no dimension. */
    EVENT(
            Map.of("group.by", "eventid"),
            TruthFigures::byEvent,
            "SELECT CAST(s.eventid AS BIGINT) AS eventid, $sums FROM sale s GROUP BY 1"),
    /** A total over a chain of dimensions. */
    CATEGORY(
            Map.of(
                    "group.by", "category.catname",
                    "dimension.event", "tickit.ems.event on eventid",
                    "dimension.category", "tickit.ems.category on event.catid"),
            TruthFigures::byCategory,
            "SELECT CASE WHEN c.catid IS NULL THEN 'unknown' ELSE c.catname END AS catname, $sums FROM sale s"
                    + " LEFT JOIN event e ON e.eventid = s.eventid LEFT JOIN category c ON c.catid = e.catid GROUP BY 1"),
    VENUE(
            Map.of(
                    "group.by", "venue.venuecity",
                    "dimension.event", "tickit.ems.event on eventid",
                    "dimension.venue", "tickit.ems.venue on event.venueid"),
            TruthFigures::byVenue,
            "SELECT CASE WHEN v.venueid IS NULL THEN 'unknown' ELSE v.venuecity END AS venuecity, $sums FROM sale s"
                    + " LEFT JOIN event e ON e.eventid = s.eventid LEFT JOIN venue v ON v.venueid = e.venueid GROUP BY 1"),
    /** Windows of one day. */
    DAY(
            Map.of(
                    "group.by", "venue.venuecity",
                    "dimension.event", "tickit.ems.event on eventid",
                    "dimension.venue", "tickit.ems.venue on event.venueid",
                    "window", "tumbling",
                    "window.size", "1 d",
                    "time", "saletime",
                    "time.format", "M/d/yyyy HH:mm:ss"),
            TruthFigures::byCityAndDay,
            "SELECT CASE WHEN v.venueid IS NULL THEN 'unknown' ELSE v.venuecity END AS venuecity,"
                    + " strftime(try_strptime(s.saletime, '%m/%d/%Y %H:%M:%S'), '%Y-%m-%dT00:00:00Z') AS start, $sums"
                    + " FROM sale s LEFT JOIN event e ON e.eventid = s.eventid LEFT JOIN venue v ON v.venueid = e.venueid"
                    + " WHERE try_strptime(s.saletime, '%m/%d/%Y %H:%M:%S') IS NOT NULL GROUP BY 1, 2");

    private static final String SUMS =
            "coalesce(sum(CAST(s.pricepaid AS DECIMAL(18, 2))), 0.00), count(*)," + " sum(CAST(s.qtysold AS BIGINT))";

    private final Map<String, String> own;
    private final Function<TruthFigures, Map<String, TruthFigures.Sum>> truth;
    private final String select;

    RecordedAggregates(
            Map<String, String> own, Function<TruthFigures, Map<String, TruthFigures.Sum>> truth, String select) {
        this.own = own;
        this.truth = truth;
        this.select = select;
    }

    public String topic() {
        return "figures-" + name().toLowerCase();
    }

    /** @return the settings by {@code Group.key} */
    public Map<String, String> settings(String delivery) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "table", "tickit.ecomm.sale",
                "amount", "pricepaid",
                "quantity", "qtysold",
                "window", "total",
                "emit.interval", "100 ms",
                "idle.timeout", "1 s",
                // The recorded sales are years old.
                "retention", "20000 d",
                "delivery", delivery,
                "output", topic()));
        settings.putAll(own);
        Map<String, String> byGroup = new TreeMap<>();
        settings.forEach((key, value) -> byGroup.put("Aggregate." + name().toLowerCase() + "." + key, value));
        return byGroup;
    }

    /** @return the columns of the group, as configured */
    public String group() {
        return own.get("group.by");
    }

    /** @return {@code total}, or kind and length of the windows */
    public String window() {
        return own.containsKey("window") ? own.get("window") + " " + own.get("window.size") : "total";
    }

    /** @return what {@link TruthSql} is asked for the same figures */
    String select() {
        return select.replace("$sums", SUMS);
    }

    /** @return figures by the text of their key, those of zero orders left out */
    Map<String, TruthFigures.Sum> truth(Recording recording) {
        return truth.apply(new TruthFigures(recording));
    }
}
