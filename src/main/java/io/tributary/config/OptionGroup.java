package io.tributary.config;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.TextElement;

/**
 * A property group: its name and the options of its class. A fixed group exists once ({@code Source}); a named one once
 * per name ({@code Table.<server.schema.table>}). Immutable.
 *
 * <p>The options are the class's public constants of type {@link ConfigOption}, in their order, with the annotations
 * {@link Required}, {@link Secret} and {@link Range}, and the prefixes that are marked {@link PassThrough}.
 */
public final class OptionGroup {
    private final String name;
    private final String placeholder;
    private final Map<String, DeclaredOption> options = new LinkedHashMap<>();
    private final Map<String, PassThrough> prefixes = new LinkedHashMap<>();

    private OptionGroup(String name, String placeholder, Class<?> declaringClass) {
        this.name = name;
        this.placeholder = placeholder;
        for (Field field : declaringClass.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                declare(field);
            }
        }
    }

    /** A group that exists once. */
    public static OptionGroup fixed(String name, Class<?> options) {
        return new OptionGroup(name, null, options);
    }

    /**
     * Groups {@code <name>.<something>}.
     *
     * @param placeholder what something is, for people
     */
    public static OptionGroup named(String name, String placeholder, Class<?> options) {
        return new OptionGroup(name, placeholder, options);
    }

    /** @return the group's name; of named groups what comes before the first dot */
    public String name() {
        return name;
    }

    /** @return the name for people: {@code Source}, {@code Table.<server.schema.table>} */
    public String title() {
        return isNamed() ? name + ".<" + placeholder + ">" : name;
    }

    public boolean isNamed() {
        return placeholder != null;
    }

    /** @return whether a group of the configuration is one of these */
    public boolean covers(String groupName) {
        return isNamed()
                ? groupName.startsWith(name + ".") && groupName.length() > name.length() + 1
                : groupName.equals(name);
    }

    /** @return the options by their keys, in the order of their declaration */
    public Map<String, DeclaredOption> options() {
        return Collections.unmodifiableMap(options);
    }

    /** @return the prefixes of free keys, with their dots, in the order of their declaration */
    public Map<String, PassThrough> prefixes() {
        return Collections.unmodifiableMap(prefixes);
    }

    /** @return whether the key is an option's, or starts with a prefix of free keys and goes on */
    public boolean knows(String key) {
        return options.containsKey(key) || passesThrough(key);
    }

    /** @return whether the key starts with a prefix of free keys and goes on */
    public boolean passesThrough(String key) {
        return prefixes.keySet().stream().anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length());
    }

    /** @return all keys for people: {@code path, buckets, hudi.*} */
    public List<String> keysForPeople() {
        List<String> keys = new ArrayList<>(options.keySet());
        keys.addAll(prefixes.keySet().stream().map(prefix -> prefix + "*").collect(Collectors.toList()));
        return keys;
    }

    private void declare(Field field) {
        Object value = valueOf(field);
        PassThrough passThrough = field.getAnnotation(PassThrough.class);
        if (value instanceof ConfigOption) {
            ConfigOption<?> option = (ConfigOption<?>) value;
            options.put(option.key(), new DeclaredOption(field, option, describe(option)));
        } else if (passThrough != null) {
            prefixes.put((String) value, passThrough);
        }
    }

    private static Object valueOf(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(field + " cannot be read; options classes are public", e);
        }
    }

    private static String describe(ConfigOption<?> option) {
        return option.description().getBlocks().stream()
                .filter(TextElement.class::isInstance)
                .map(block -> ((TextElement) block).getFormat())
                .collect(Collectors.joining(" "));
    }
}
