package io.tributary.local.docs;

import io.tributary.config.DeclaredOption;
import io.tributary.config.OptionGroup;
import io.tributary.config.OptionGroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration reference of the README, generated from the options classes. Its {@code main} writes it between the
 * markers of {@code README.md} in the working directory.
 */
public final class ConfigReference {
    public static final String BEGIN = "<!-- configuration:begin -->";
    public static final String END = "<!-- configuration:end -->";

    private ConfigReference() {}

    public static void main(String[] args) throws IOException {
        update(Path.of(args.length == 0 ? "README.md" : args[0]));
    }

    /** @throws IllegalStateException where the file lacks the markers */
    public static void update(Path file) throws IOException {
        String text = Files.readString(file);
        String section = section(text, file);
        Files.writeString(file, text.replace(BEGIN + section + END, BEGIN + "\n" + markdown() + END));
    }

    /** @return what stands between the markers of the file, without the line break after the first */
    public static String read(Path file) throws IOException {
        String section = section(Files.readString(file), file);
        return section.startsWith("\n") ? section.substring(1) : section;
    }

    /** @return a table per group, in Markdown, ending with a line break */
    public static String markdown() {
        StringBuilder text = new StringBuilder();
        for (OptionGroup group : OptionGroups.ALL) {
            text.append("\n**`").append(group.title()).append("`**\n\n");
            text.append("| key | value | default | meaning |\n|---|---|---|---|\n");
            group.options().values().forEach(option -> text.append(row(option)));
            group.prefixes()
                    .forEach((prefix, free) -> text.append("| `")
                            .append(prefix)
                            .append(free.name())
                            .append("` | text | | ")
                            .append(cell(free.description()))
                            .append(" |\n"));
        }
        return text.append('\n').toString();
    }

    private static String row(DeclaredOption option) {
        String fallback = option.required() ? "required" : code(option.defaultText());
        String secret = option.secret() ? " Secret: masked wherever it would show." : "";
        return "| `" + option.key() + "` | " + type(option) + " | " + fallback + " | "
                + cell(option.description() + secret) + " |\n";
    }

    private static String type(DeclaredOption option) {
        return option.enumTexts().isEmpty() ? option.kind() : "`" + String.join("`, `", option.enumTexts()) + "`";
    }

    private static String code(String text) {
        return text == null || text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static String section(String text, Path file) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(file + " has no section between " + BEGIN + " and " + END
                    + "; put the two markers where the configuration reference shall stand");
        }
        return text.substring(begin + BEGIN.length(), end);
    }
}
