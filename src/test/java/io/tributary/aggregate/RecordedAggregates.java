package io.tributary.aggregate;

import io.tributary.local.recording.Recording;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Aggregates over the recordings' sales, and what SQL over the database gives for them. */
public enum RecordedAggregates {
    /** A total that needs no dimension. */
    EVENT(Map.of("group.by", "eventid"), TruthFigures::byEvent),
    /** A total over a chain of dimensions. */
    CATEGORY(
            Map.of(
                    "group.by", "category.catname",
                    "dimension.event", "tickit.ems.event on eventid",
                    "dimension.category", "tickit.ems.category on event.catid"),
            TruthFigures::byCategory),
    VENUE(
            Map.of(
                    "group.by", "venue.venuecity",
                    "dimension.event", "tickit.ems.event on eventid",
                    "dimension.venue", "tickit.ems.venue on event.venueid"),
            TruthFigures::byVenue),
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
            TruthFigures::byCityAndDay);

    private final Map<String, String> own;
    private final Function<TruthFigures, Map<String, TruthFigures.Sum>> truth;

    RecordedAggregates(Map<String, String> own, Function<TruthFigures, Map<String, TruthFigures.Sum>> truth) {
        this.own = own;
        this.truth = truth;
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

    /** @return figures by the text of their key, those of zero orders left out */
    Map<String, TruthFigures.Sum> truth(Recording recording) {
        return truth.apply(new TruthFigures(recording));
    }
}
