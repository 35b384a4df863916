package io.tributary.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.configuration.ConfigOption;

/** What is wrong with a configuration, one text for each problem, and the questions that lead there. */
final class Problems {
    private final TributaryConfig config;
    private final List<String> texts = new ArrayList<>();

    Problems(TributaryConfig config) {
        this.config = config;
    }

    List<String> texts() {
        return texts;
    }

    void add(String text) {
        texts.add(text);
    }

    boolean has(String group, ConfigOption<?> option) {
        return config.group(group).contains(option);
    }

    /** A value that is needed here, though not everywhere. */
    void needs(String group, ConfigOption<?> option, String why) {
        if (!has(group, option)) {
            add("group " + group + ", key " + option.key() + ": it is missing; " + why + ".");
        }
    }

    /** A value that means nothing here: it must not be ignored silently. */
    void onlyFor(String group, Object type, Object actual, ConfigOption<?> option) {
        if (has(group, option)) {
            add("group " + group + ", key " + option.key() + ": it is for type " + type + ", but type is " + actual
                    + ". Set " + group + ".type=" + type + ", or leave it out.");
        }
    }

    void names(String group, ConfigOption<String> option) {
        parsed(group, option, NameList::split, "names separated by commas");
    }

    void parsed(String group, ConfigOption<String> option, Function<String, ?> parser, String allowed) {
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
            add(where(group, option, value) + ": " + why + ". Allowed is " + allowed + ".");
        }
    }

    static String where(String group, ConfigOption<?> option, String value) {
        return "group " + group + ", key " + option.key() + ", value \"" + value + "\"";
    }
}
