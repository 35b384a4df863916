package io.tributary.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/** The configuration as it is in effect, defaults included, as text for people and logs. Secrets are masked. */
public final class EffectiveConfig {
    private EffectiveConfig() {}

    /** @return a block per group: its name, then {@code key = value} per line; what is a default says so */
    public static String describe(TributaryConfig config) {
        StringBuilder text = new StringBuilder();
        for (OptionGroup group : OptionGroups.ALL) {
            Map<String, Configuration> instances = new LinkedHashMap<>();
            if (group.isNamed()) {
                config.groups(group.name()).forEach((name, values) -> instances.put(group.name() + "." + name, values));
            } else {
                instances.put(group.name(), config.group(group.name()));
            }
            instances.forEach((name, values) -> describe(group, name, values, text));
        }
        return text.toString();
    }

    private static void describe(OptionGroup group, String name, Configuration values, StringBuilder text) {
        text.append(name).append('\n');
        Map<String, String> written = new TreeMap<>(values.toMap());
        group.options().values().forEach(option -> {
            String value = written.remove(option.key());
            if (value != null) {
                line(option.key(), Secrets.mask(group, option.key(), value), text);
            } else if (option.defaultText() != null) {
                line(option.key(), option.defaultText() + "  (default)", text);
            }
        });
        written.forEach((key, value) -> line(key, Secrets.mask(group, key, value), text));
    }

    private static void line(String key, String value, StringBuilder text) {
        text.append("  ").append(key).append(" = ").append(value).append('\n');
    }
}
