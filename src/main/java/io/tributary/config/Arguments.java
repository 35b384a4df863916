package io.tributary.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands on the command line. Immutable. */
public final class Arguments {
    /** What the command is asked to do. */
    public enum Action {
        /** Run the job. */
        RUN,
        /** Check the configuration and the systems around the job, print both, and end. */
        CHECK,
        HELP,
        VERSION
    }

    public static final String USAGE = String.join(
            "\n",
            "Usage: flink run tributary.jar [--config FILE] [--set Group.key=value]... [--check]",
            "",
            "  --config FILE           the configuration, JSON as Managed Service for Apache Flink has it:",
            "                          [{\"PropertyGroupId\": \"Source\", \"PropertyMap\": {\"start\": \"earliest\"}}, ...]",
            "                          Default: the service's own, or application-properties.json in this directory.",
            "  --set Group.key=value   sets one value on top; may be repeated, the last one counts. An empty value",
            "                          takes the setting back to its default. Groups may have dots:",
            "                          --set Table.tickit.ecomm.sale.buckets=2",
            "  --check                 checks the configuration, prints what is in effect (secrets masked), then asks",
            "                          brokers, registry, lake and tables (preflight), prints what it found, and ends",
            "  --help, --version");

    private static final List<String> NAMES = List.of("--config", "--set", "--check", "--help", "--version");

    private final Action action;
    private final Path config;
    private final List<String> settings;

    private Arguments(Action action, Path config, List<String> settings) {
        this.action = action;
        this.config = config;
        this.settings = List.copyOf(settings);
    }

    /**
     * @param args {@code --name value} or {@code --name=value}
     * @throws ConfigException naming an argument that is not known or has no value
     */
    public static Arguments parse(String... args) {
        Action action = Action.RUN;
        Path config = null;
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            int equals = args[i].startsWith("--") ? args[i].indexOf('=') : -1;
            String name = equals < 0 ? args[i] : args[i].substring(0, equals);
            String attached = equals < 0 ? null : args[i].substring(equals + 1);
            switch (name) {
                case "--config":
                    config = Path.of(attached != null ? attached : valueOf(name, args, ++i));
                    break;
                case "--set":
                    settings.add(attached != null ? attached : valueOf(name, args, ++i));
                    break;
                case "--check":
                    action = Action.CHECK;
                    break;
                case "--help":
                case "-h":
                    return new Arguments(Action.HELP, config, settings);
                case "--version":
                    return new Arguments(Action.VERSION, config, settings);
                default:
                    throw new ConfigException("Unknown argument " + name
                            + NearestName.of(name, NAMES)
                                    .map(near -> ": did you mean " + near + "?")
                                    .orElse(".")
                            + "\n" + USAGE);
            }
        }
        return new Arguments(action, config, settings);
    }

    public Action action() {
        return action;
    }

    /** @return the file that {@code --config} names */
    public Optional<Path> config() {
        return Optional.ofNullable(config);
    }

    /** @return the texts after {@code --set} in their order */
    public List<String> settings() {
        return settings;
    }

    private static String valueOf(String name, String[] args, int index) {
        if (index >= args.length) {
            throw new ConfigException("Argument " + name + " needs a value after it.\n" + USAGE);
        }
        return args[index];
    }
}
