package io.tributary.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the configuration, puts the command line's values on top, and checks it. */
public final class ConfigLoader {
    private final ConfigOrigin origin;
    private final List<ConfigCheck> checks;

    /** @param checks what other packages ask of their groups */
    ConfigLoader(ConfigOrigin origin, List<ConfigCheck> checks) {
        this.origin = origin;
        this.checks = List.copyOf(checks);
    }

    /**
     * @param checks what other packages ask of their groups
     * @throws ConfigException with every problem there is
     */
    public static TributaryConfig load(Arguments arguments, ConfigCheck... checks) {
        return new ConfigLoader(ConfigOrigin.ofProcess(), List.of(checks)).load(arguments);
    }

    TributaryConfig load(Arguments arguments) {
        Optional<Path> file = origin.file(arguments);
        if (file.isEmpty() && arguments.settings().isEmpty()) {
            throw new ConfigException("There is no configuration: looked for " + origin
                    + ". Give one with --config FILE, or single values with --set Group.key=value.");
        }
        PropertyGroups groups = file.map(PropertyGroups::read).orElse(PropertyGroups.NONE);
        for (String setting : arguments.settings()) {
            groups = groups.with(Setting.parse(setting, groups.asMap().keySet()));
        }
        return ConfigValidator.validate(groups, describe(file, arguments), checks);
    }

    private static String describe(Optional<Path> file, Arguments arguments) {
        String settings = arguments.settings().isEmpty() ? "" : "--set";
        return file.map(path -> path + (settings.isEmpty() ? "" : " with " + settings))
                .orElse(settings);
    }
}
