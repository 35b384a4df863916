package io.tributary.local.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A command line: options with a value ({@code --lake DIR} or {@code --lake=DIR}), flags, and the rest. */
public final class Arguments {
    private static final String SETTING = "set";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Set<String> flags = new TreeSet<>();
    private final List<String> rest = new ArrayList<>();

    private Arguments() {}

    /**
     * @param withValue names of the options that take a value; {@code set} may be repeated and takes Group.key=value
     * @param flags names of the options that take none
     * @throws UsageException for an option that is in neither, or has no value
     */
    public static Arguments parse(String[] args, Set<String> withValue, Set<String> flags) {
        Arguments parsed = new Arguments();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--")) {
                parsed.rest.addAll(List.of(args).subList(i + 1, args.length));
                break;
            }
            if (!args[i].startsWith("--")) {
                parsed.rest.add(args[i]);
                continue;
            }
            int equals = args[i].indexOf('=');
            String name = args[i].substring(2, equals < 0 ? args[i].length() : equals);
            if (flags.contains(name) && equals < 0) {
                parsed.flags.add(name);
            } else if (!withValue.contains(name)) {
                throw new UsageException("Unknown option --" + name + "; known: " + known(withValue, flags));
            } else if (equals < 0 && i + 1 == args.length) {
                throw new UsageException("Option --" + name + " needs a value");
            } else {
                parsed.put(name, equals < 0 ? args[++i] : args[i].substring(equals + 1));
            }
        }
        return parsed;
    }

    /** @return the value of an option; empty where it is not given */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws UsageException where the option is not given */
    public String required(String name) {
        return value(name).orElseThrow(() -> new UsageException("Option --" + name + " is missing"));
    }

    public boolean has(String flag) {
        return flags.contains(flag);
    }

    /** @return the values of {@code --set Group.key=value} by {@code Group.key} */
    public Map<String, String> settings() {
        return settings;
    }

    /** @return what is no option, in its order */
    public List<String> rest() {
        return rest;
    }

    private void put(String name, String value) {
        if (!name.equals(SETTING)) {
            values.put(name, value);
            return;
        }
        int equals = value.indexOf('=');
        if (equals < 1) {
            throw new UsageException("--set takes Group.key=value, not " + value);
        }
        settings.put(value.substring(0, equals), value.substring(equals + 1));
    }

    private static String known(Set<String> withValue, Set<String> flags) {
        Set<String> all = new TreeSet<>(withValue);
        all.addAll(flags);
        return "--" + String.join(", --", all);
    }
}
