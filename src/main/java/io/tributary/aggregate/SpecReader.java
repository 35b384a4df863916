package io.tributary.aggregate;

import io.tributary.config.AggregateOptions;
import io.tributary.config.ConfigException;
import io.tributary.config.TributaryConfig;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Reads the settings of one aggregate; every complaint names the group and the key. */
final class SpecReader {
    private static final Pattern DIMENSION = Pattern.compile("\\s*(\\S+)\\s+on\\s+(?:([^.\\s]+)\\.)?([^.\\s]+)\\s*");

    /** A change of a row writes the state of each of its windows. */
    private static final int MAX_WINDOWS_PER_ROW = 10_000;

    private final String name;
    private final Configuration settings;

    SpecReader(String name, Configuration settings) {
        this.name = name;
        this.settings = settings;
    }

    String name() {
        return name;
    }

    Configuration settings() {
        return settings;
    }

    String required(ConfigOption<String> option) {
        String value = settings.get(option);
        if (value == null || value.isBlank()) {
            throw bad(option.key(), value, "a value is required");
        }
        return value;
    }

    EventTime eventTime() {
        String zone = settings.get(AggregateOptions.TIME_ZONE);
        String format = settings.get(AggregateOptions.TIME_FORMAT);
        ZoneId parsed;
        try {
            parsed = ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw bad(
                    AggregateOptions.TIME_ZONE.key(), zone, "no such zone; allowed are UTC, Europe/Berlin, +02:00 ...");
        }
        try {
            return new EventTime(format, parsed);
        } catch (IllegalArgumentException e) {
            throw bad(AggregateOptions.TIME_FORMAT.key(), format, "no pattern of DateTimeFormatter: " + e.getMessage());
        }
    }

    Windows windows() {
        Duration retention = settings.get(AggregateOptions.RETENTION);
        Duration size = positive(AggregateOptions.WINDOW_SIZE);
        if (size.compareTo(Windows.LONGEST) > 0) {
            throw bad(
                    AggregateOptions.WINDOW_SIZE.key(),
                    size.toString(),
                    "it must be at most '" + Windows.LONGEST.toDays() + " d', or set window=total");
        }
        Duration slide = positive(AggregateOptions.WINDOW_SLIDE);
        switch (settings.get(AggregateOptions.WINDOW)) {
            case TOTAL:
                return Windows.total(retention);
            case TUMBLING:
                return Windows.of(size, size, retention);
            default:
                if (size.toMillis() % slide.toMillis() != 0) {
                    throw bad(
                            AggregateOptions.WINDOW_SLIDE.key(),
                            slide.toString(),
                            "it must divide window.size (" + size + ") without rest");
                }
                if (size.toMillis() / slide.toMillis() > MAX_WINDOWS_PER_ROW) {
                    throw bad(
                            AggregateOptions.WINDOW_SLIDE.key(),
                            slide.toString(),
                            "every row would be in " + size.toMillis() / slide.toMillis() + " windows of "
                                    + size + ", allowed are " + MAX_WINDOWS_PER_ROW
                                    + "; raise window.slide or lower window.size");
                }
                return Windows.of(size, slide, retention);
        }
    }

    Map<String, Dimension> dimensions() {
        Map<String, Dimension> found = new TreeMap<>();
        TributaryConfig.passedThrough(settings, AggregateOptions.DIMENSION_PREFIX)
                .forEach((alias, value) -> {
                    String key = AggregateOptions.DIMENSION_PREFIX + alias;
                    if (!key.equals(AggregateOptions.DIMENSION_RETROACTIVE.key())
                            && !key.equals(AggregateOptions.DIMENSION_WAIT.key())) {
                        found.put(alias, dimension(key, alias, value));
                    }
                });
        found.values().forEach(dimension -> checkChain(dimension, found));
        return found;
    }

    List<GroupColumn> groupBy(Map<String, Dimension> dimensions) {
        List<GroupColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> used = new HashSet<>();
        String text = settings.get(AggregateOptions.GROUP_BY);
        for (String part : text.isBlank() ? new String[0] : text.split(",")) {
            String column = part.trim();
            int dot = column.lastIndexOf('.');
            String alias = dot < 0 ? null : column.substring(0, dot);
            if (column.isEmpty() || column.endsWith(".")) {
                throw bad(AggregateOptions.GROUP_BY.key(), text, "a name is missing between the commas");
            }
            if (alias != null && !dimensions.containsKey(alias)) {
                throw bad(AggregateOptions.GROUP_BY.key(), text, noDimension(alias, dimensions.keySet()));
            }
            GroupColumn found = new GroupColumn(alias, column.substring(dot + 1));
            if (!names.add(found.column())) {
                throw bad(AggregateOptions.GROUP_BY.key(), text, "two columns are named " + found.column());
            }
            for (String link = alias; link != null; link = dimensions.get(link).parent()) {
                used.add(link);
            }
            columns.add(found);
        }
        for (Dimension dimension : dimensions.values()) {
            if (!used.contains(dimension.alias())) {
                throw bad(
                        AggregateOptions.DIMENSION_PREFIX + dimension.alias(),
                        dimension.table(),
                        "no column of group.by needs it; remove it, or group by " + dimension.alias() + ".<column>");
            }
        }
        return columns;
    }

    /** A figure is one flat object: what names the group must not be named as what is beside it. */
    void checkNames(List<GroupColumn> groupBy, boolean quantity, boolean windowed, boolean avro) {
        Set<String> taken = new TreeSet<>(Set.of(Result.SALES, Result.ORDERS));
        if (quantity) {
            taken.add(Result.QUANTITY);
        }
        if (windowed) {
            taken.addAll(Set.of(Result.START, Result.END));
        }
        for (GroupColumn column : groupBy) {
            if (taken.contains(column.column())) {
                throw bad(
                        AggregateOptions.GROUP_BY.key(),
                        column.toString(),
                        "a figure has a member of this name already; taken are " + taken);
            }
            if (avro && !column.column().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw bad(
                        AggregateOptions.GROUP_BY.key(),
                        column.toString(),
                        "with output.format avro a column's name consists of letters, digits and _");
            }
        }
    }

    private Dimension dimension(String key, String alias, String value) {
        Matcher matcher = DIMENSION.matcher(value);
        if (!matcher.matches() || alias.contains(".")) {
            throw bad(key, value, "it must read 'server.schema.table on column' or '... on alias.column'");
        }
        return new Dimension(alias, matcher.group(1), matcher.group(2), matcher.group(3));
    }

    private void checkChain(Dimension dimension, Map<String, Dimension> known) {
        Set<String> seen = new HashSet<>();
        for (Dimension link = dimension; link.parent() != null; link = known.get(link.parent())) {
            String key = AggregateOptions.DIMENSION_PREFIX + link.alias();
            if (!known.containsKey(link.parent())) {
                throw bad(key, link.toString(), noDimension(link.parent(), known.keySet()));
            }
            if (!seen.add(link.alias())) {
                throw bad(key, link.toString(), "the dimensions refer to each other in a circle");
            }
        }
    }

    private Duration positive(ConfigOption<Duration> option) {
        Duration value = settings.get(option);
        if (value.toMillis() <= 0) {
            throw bad(option.key(), value.toString(), "it must be positive, e.g. '10 min'");
        }
        return value;
    }

    private static String noDimension(String alias, Set<String> known) {
        return "there is no dimension '" + alias + "'; known are " + known + "; add dimension." + alias
                + " = server.schema.table on column";
    }

    private ConfigException bad(String key, String value, String why) {
        return new ConfigException("Aggregate." + name + ", key '" + key + "', value '" + value + "': " + why);
    }
}
