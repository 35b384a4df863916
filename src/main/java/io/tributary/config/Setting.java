package io.tributary.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** One value of one group, as {@code --set Group.key=value} gives it. Immutable. */
public final class Setting {
    private final String group;
    private final String key;
    private final String value;

    Setting(String group, String key, String value) {
        this.group = group;
        this.key = key;
        this.value = value;
    }

    /**
     * Groups' names and keys both have dots. A group that is in the configuration already wins, the longest first; else
     * the kinds of groups decide by the keys they know.
     *
     * @param existing the names of the groups in the configuration so far
     * @throws ConfigException where the text is not of the form {@code Group.key=value}
     */
    public static Setting parse(String text, Set<String> existing) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (equals < 0 || name.indexOf('.') <= 0 || name.endsWith(".")) {
            throw new ConfigException("--set " + name + " is not of the form --set Group.key=value, e.g."
                    + " --set Source.start=latest or --set Table.tickit.ecomm.sale.buckets=2.");
        }
        int dot = existingGroup(name, existing).map(String::length).orElseGet(() -> groupLength(name));
        return new Setting(name.substring(0, dot), name.substring(dot + 1), text.substring(equals + 1));
    }

    public String group() {
        return group;
    }

    public String key() {
        return key;
    }

    /** @return the value; empty takes the setting back to its default */
    public String value() {
        return value;
    }

    private static Optional<String> existingGroup(String name, Set<String> existing) {
        return existing.stream()
                .filter(group -> name.startsWith(group + "."))
                .filter(group -> OptionGroups.find(group)
                        .filter(kind -> kind.knows(name.substring(group.length() + 1)))
                        .isPresent())
                .max(Comparator.comparingInt(String::length));
    }

    private static int groupLength(String name) {
        Optional<OptionGroup> kind = OptionGroups.ALL.stream()
                .filter(OptionGroup::isNamed)
                .filter(group -> name.startsWith(group.name() + ".")
                        && name.length() > group.name().length() + 1)
                .findFirst();
        return kind.isPresent() ? namedGroupLength(name, kind.get()) : name.indexOf('.');
    }

    /** Free keys may end like an option ({@code hudi.hoodie...buckets}), so they come first. */
    private static int namedGroupLength(String name, OptionGroup kind) {
        int start = kind.name().length() + 1;
        for (int dot = name.indexOf('.', start); dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (kind.passesThrough(name.substring(dot + 1))) {
                return dot;
            }
        }
        for (int dot = name.indexOf('.', start); dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (kind.options().containsKey(name.substring(dot + 1))) {
                return dot;
            }
        }
        return name.lastIndexOf('.');
    }
}
