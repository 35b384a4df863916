package io.tributary.config;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/**
 * The whole configuration, checked: one Flink {@link Configuration} per property group. Read an option with
 * {@code config.group("Lake").get(LakeOptions.PATH)}. Instances are made by the loader, which has refused unknown groups
 * and keys, and bad values.
 */
public final class TributaryConfig implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, Configuration> groups;

    public TributaryConfig(Map<String, Configuration> groups) {
        this.groups = new TreeMap<>(Objects.requireNonNull(groups, "groups"));
    }

    /** @return the group's settings; empty where the group is absent */
    public Configuration group(String name) {
        Configuration group = groups.get(name);
        return group == null ? new Configuration() : group;
    }

    /** @return the groups {@code <prefix>.<name>} by their name, e.g. all {@code Aggregate.*} */
    public Map<String, Configuration> groups(String prefix) {
        Map<String, Configuration> found = new TreeMap<>();
        groups.forEach((name, group) -> {
            if (name.startsWith(prefix + ".")) {
                found.put(name.substring(prefix.length() + 1), group);
            }
        });
        return Collections.unmodifiableMap(found);
    }

    /** @return the keys of a group that are passed through to a library, with the prefix ({@code hudi.}) taken off */
    public static Map<String, String> passedThrough(Configuration group, String prefix) {
        Map<String, String> found = new TreeMap<>();
        group.toMap().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
