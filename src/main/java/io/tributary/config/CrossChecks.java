package io.tributary.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.configuration.ConfigOption;

/** What is wrong with values that are right by themselves: those that exclude, need or contradict each other. */
final class CrossChecks {
    private static final String SOURCE = SourceOptions.GROUP;
    private static final String AUTH = AuthOptions.GROUP;
    private static final String DEAD_LETTER = DeadLetterOptions.GROUP;

    private final TributaryConfig config;
    private final List<String> problems = new ArrayList<>();

    private CrossChecks(TributaryConfig config) {
        this.config = config;
    }

    /** @return one text for each problem; none where all is well */
    static List<String> problemsOf(TributaryConfig config) {
        CrossChecks checks = new CrossChecks(config);
        checks.source();
        checks.auth();
        checks.lake();
        checks.tables();
        checks.deadLetters();
        checks.aggregates();
        return checks.problems;
    }

    private void source() {
        boolean topics = has(SOURCE, SourceOptions.TOPICS);
        if (topics == has(SOURCE, SourceOptions.TOPIC_PATTERN)) {
            problems.add("group Source, keys topics and topic.pattern: "
                    + (topics
                            ? "both are given; give one of them."
                            : "neither is given; one of them says what to read.")
                    + " topics is a list (`a.b.c,a.b.d`), topic.pattern a regular expression (`tickit\\..*`).");
        }
        names(SOURCE, SourceOptions.TOPICS);
        parsed(SOURCE, SourceOptions.TOPIC_PATTERN, Pattern::compile, "a regular expression of Java");
        parsed(SOURCE, SourceOptions.START, StartPosition::parse, StartPosition.ALLOWED);
    }

    private void auth() {
        AuthOptions.Type type = config.group(AUTH).get(AuthOptions.TYPE);
        if (type == AuthOptions.Type.SCRAM) {
            needs(AUTH, AuthOptions.USERNAME, "type scram needs it");
            needs(AUTH, AuthOptions.PASSWORD, "type scram needs it");
        } else {
            onlyFor(AuthOptions.Type.SCRAM, AuthOptions.USERNAME);
            onlyFor(AuthOptions.Type.SCRAM, AuthOptions.PASSWORD);
        }
        if (type == AuthOptions.Type.TLS) {
            String keystore = config.group(AUTH).get(AuthOptions.KEYSTORE_PATH);
            if (keystore != null && !keystore.endsWith(".pem")) {
                needs(AUTH, AuthOptions.KEYSTORE_PASSWORD, "a key store that is not PEM needs it");
            }
        } else {
            onlyFor(AuthOptions.Type.TLS, AuthOptions.KEYSTORE_PATH);
        }
        if (type != AuthOptions.Type.MSK_IAM) {
            onlyFor(AuthOptions.Type.MSK_IAM, AuthOptions.ROLE_ARN);
        }
    }

    private void lake() {
        String path = config.group(LakeOptions.GROUP).get(LakeOptions.PATH);
        if (path != null && !path.startsWith("/") && !path.matches("[a-z0-9]+:/.*")) {
            problems.add(
                    "group Lake, key path, value `" + path + "`: relative paths differ between the cluster's processes;"
                            + " give an absolute path or a URI such as `s3://bucket/lake`.");
        }
    }

    private void tables() {
        for (String table : config.groups(TableOptions.GROUP).keySet()) {
            names(TableOptions.GROUP + "." + table, TableOptions.KEY);
            names(TableOptions.GROUP + "." + table, TableOptions.PARTITION);
        }
    }

    private void deadLetters() {
        boolean topic = has(DEAD_LETTER, DeadLetterOptions.TOPIC);
        if (config.group(DEAD_LETTER).get(DeadLetterOptions.TYPE) == DeadLetterOptions.Type.TOPIC) {
            needs(DEAD_LETTER, DeadLetterOptions.TOPIC, "type topic needs it");
            notRead(DEAD_LETTER, DeadLetterOptions.TOPIC);
        } else if (topic) {
            problems.add(
                    "group DeadLetter, key topic: it is given, but type is directory. Set DeadLetter.type=topic, or"
                            + " leave topic out.");
        }
    }

    private void aggregates() {
        for (String aggregate : config.groups(AggregateOptions.GROUP).keySet()) {
            notRead(AggregateOptions.GROUP + "." + aggregate, AggregateOptions.OUTPUT);
        }
    }

    private void notRead(String group, ConfigOption<String> option) {
        String topic = config.group(group).get(option);
        if (topic != null && isRead(topic)) {
            problems.add(
                    where(group, option, topic) + ": the source reads this topic, so what is written there would come"
                            + " back. Name a topic that Source.topics or Source.topic.pattern leaves out.");
        }
    }

    private boolean isRead(String topic) {
        String topics = config.group(SOURCE).get(SourceOptions.TOPICS);
        String pattern = config.group(SOURCE).get(SourceOptions.TOPIC_PATTERN);
        try {
            return NameList.split(topics).contains(topic) || pattern != null && Pattern.matches(pattern, topic);
        } catch (IllegalArgumentException reportedByItsOwnCheck) {
            return false;
        }
    }

    private boolean has(String group, ConfigOption<?> option) {
        return config.group(group).contains(option);
    }

    private void needs(String group, ConfigOption<?> option, String why) {
        if (!has(group, option)) {
            problems.add("group " + group + ", key " + option.key() + ": it is missing; " + why + ".");
        }
    }

    private void onlyFor(AuthOptions.Type type, ConfigOption<?> option) {
        if (has(AUTH, option)) {
            problems.add("group Auth, key " + option.key() + ": it is for type " + type + ", but type is "
                    + config.group(AUTH).get(AuthOptions.TYPE) + ". Set Auth.type=" + type + ", or leave it out.");
        }
    }

    private void names(String group, ConfigOption<String> option) {
        parsed(group, option, NameList::split, "names separated by commas");
    }

    private void parsed(String group, ConfigOption<String> option, Function<String, ?> parser, String allowed) {
        if (!has(group, option)) {
            return;
        }
        String value = config.group(group).get(option);
        try {
            parser.apply(value);
        } catch (IllegalArgumentException e) {
            String why = e instanceof PatternSyntaxException
                    ? ((PatternSyntaxException) e).getDescription()
                    : e.getMessage();
            problems.add(where(group, option, value) + ": " + why + ". Allowed is " + allowed + ".");
        }
    }

    private static String where(String group, ConfigOption<?> option, String value) {
        return "group " + group + ", key " + option.key() + ", value \"" + value + "\"";
    }
}
