package io.tributary.config;

import java.util.List;

/** The job cannot start as it is configured. One message holds every problem that was found, and no secret. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** @param origin where the configuration came from, for the message */
    public ConfigException(String origin, List<String> problems) {
        super(text(origin, problems));
        this.problems = List.copyOf(problems);
    }

    /** A problem that leaves nothing else to be checked, such as a file that cannot be read. */
    public ConfigException(String message) {
        super(message);
        this.problems = List.of(message);
    }

    /** @return each problem by itself, in the order of groups and keys */
    public List<String> problems() {
        return problems;
    }

    private static String text(String origin, List<String> problems) {
        StringBuilder text = new StringBuilder("The configuration (")
                .append(origin)
                .append(") has ")
                .append(problems.size() == 1 ? "a problem" : problems.size() + " problems")
                .append(", so the job does not start:");
        problems.forEach(problem -> text.append("\n  - ").append(problem));
        return text.toString();
    }
}
