package io.tributary.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/** Turns written groups into a checked configuration, or says everything that is wrong with them at once. */
public final class ConfigValidator {
    /** Limits of Managed Service for Apache Flink; kept everywhere, so that what runs on a laptop can be deployed. */
    static final int MAX_GROUPS = 50;

    static final int MAX_KEYS = 50;
    static final int MAX_LENGTH = 2048;

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Configuration> checked = new TreeMap<>();

    private ConfigValidator() {}

    /**
     * @param origin where the groups came from, for the message
     * @param checks what other packages ask of their groups
     * @throws ConfigException with every problem there is
     */
    public static TributaryConfig validate(PropertyGroups groups, String origin, List<ConfigCheck> checks) {
        ConfigValidator validator = new ConfigValidator();
        validator.checkGroups(groups.asMap());
        validator.checkRequired(groups.asMap());
        TributaryConfig config = new TributaryConfig(validator.checked);
        validator.problems.addAll(CrossChecks.problemsOf(config));
        checks.forEach(check -> validator.run(check, config));
        if (!validator.problems.isEmpty()) {
            throw new ConfigException(origin, validator.problems);
        }
        return config;
    }

    private void checkGroups(Map<String, Map<String, String>> groups) {
        if (groups.size() > MAX_GROUPS) {
            problems.add("there are " + groups.size() + " groups; Managed Service for Apache Flink takes at most "
                    + MAX_GROUPS + ". Leave out groups Table.* that only repeat the defaults.");
        }
        groups.forEach((name, values) -> {
            Optional<OptionGroup> group = OptionGroups.find(name);
            if (group.isPresent()) {
                checkGroup(name, group.get(), values);
            } else {
                problems.add("group " + name + ": there is no such group." + unknownGroup(name));
            }
        });
    }

    private void checkGroup(String name, OptionGroup group, Map<String, String> values) {
        if (values.size() > MAX_KEYS) {
            problems.add("group " + name + ": it has " + values.size()
                    + " keys; Managed Service for Apache Flink takes at most " + MAX_KEYS + ".");
        }
        Configuration accepted = new Configuration();
        values.forEach((key, value) -> {
            Optional<String> problem = problemOf(group, key, value);
            if (problem.isPresent()) {
                problems.add("group " + name + ", key " + key + problem.get());
            } else {
                accepted.setString(key, value);
            }
        });
        checked.put(name, accepted);
    }

    private static Optional<String> problemOf(OptionGroup group, String key, String value) {
        if (!group.knows(key)) {
            return Optional.of(": there is no such key." + unknownKey(group, key));
        } else if (value.isBlank()) {
            return Optional.of(": the value is empty. Leave the key out for the default.");
        } else if (value.length() > MAX_LENGTH || key.length() > MAX_LENGTH) {
            return Optional.of(": the value or the key is longer than the " + MAX_LENGTH
                    + " characters that Managed Service for Apache Flink takes.");
        }
        DeclaredOption option = group.options().get(key);
        return option == null || option.accepts(value) ? Optional.empty() : Optional.of(badValue(group, option, value));
    }

    private static String badValue(OptionGroup group, DeclaredOption option, String value) {
        return ", value \"" + (option.secret() ? Secrets.MASK : value) + "\": allowed is " + option.allowed() + "."
                + didYouMean(NearestName.of(value, option.enumTexts()))
                + Unavailable.hint(group.name() + "." + option.key() + "=" + value);
    }

    private static String unknownGroup(String name) {
        List<String> names = OptionGroups.ALL.stream().map(OptionGroup::name).collect(Collectors.toList());
        int dot = name.indexOf('.');
        return didYouMean(NearestName.of(dot < 0 ? name : name.substring(0, dot), names)) + " Groups are "
                + String.join(", ", OptionGroups.titles()) + "." + Unavailable.hint(name);
    }

    private static String unknownKey(OptionGroup group, String key) {
        Optional<String> near = NearestName.of(key, group.options().keySet());
        List<OptionGroup> others = OptionGroups.withKey(key);
        String elsewhere = others.isEmpty()
                ? ""
                : " Group "
                        + others.stream().map(OptionGroup::title).collect(Collectors.joining(" and group "))
                        + (others.size() == 1 ? " has it." : " have it.");
        return didYouMean(near) + elsewhere + " Keys of " + group.title() + " are "
                + String.join(", ", group.keysForPeople()) + "." + Unavailable.hint(group.name() + "." + key);
    }

    private static String didYouMean(Optional<String> name) {
        return name.map(near -> " Did you mean " + near + "?").orElse("");
    }

    private void run(ConfigCheck check, TributaryConfig config) {
        try {
            check.check(config);
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
    }

    private void checkRequired(Map<String, Map<String, String>> written) {
        for (OptionGroup group : OptionGroups.ALL) {
            List<String> names = group.isNamed()
                    ? written.keySet().stream().filter(group::covers).collect(Collectors.toList())
                    : List.of(group.name());
            for (String name : names) {
                group.options().values().stream()
                        .filter(DeclaredOption::required)
                        .filter(option -> !written.getOrDefault(name, Map.of()).containsKey(option.key()))
                        .forEach(option -> problems.add("group " + name + ", key " + option.key()
                                + ": it is missing and has no default. " + option.description()));
            }
        }
    }
}
