package io.tributary.local.docs;

import io.tributary.config.DeclaredOption;
import io.tributary.config.OptionGroup;
import io.tributary.config.OptionGroups;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The configuration reference of the README, generated from the options classes. Its {@code main} writes it between the
 * markers of {@code README.md} in the working directory.
 */
public final class ConfigReference {
    private static final MarkedSection SECTION = new MarkedSection("configuration");

    private ConfigReference() {}

    public static void main(String[] args) throws IOException {
        update(Path.of(args.length == 0 ? "README.md" : args[0]));
    }

    /** @throws IllegalStateException where the file lacks the markers */
    public static void update(Path file) throws IOException {
        SECTION.update(file, markdown());
    }

    /** @return what stands between the markers of the file, without the line break after the first */
    public static String read(Path file) throws IOException {
        return SECTION.read(file);
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
                            .append(MarkedSection.cell(free.description()))
                            .append(" |\n"));
        }
        return text.append('\n').toString();
    }

    private static String row(DeclaredOption option) {
        String fallback = option.required() ? "required" : code(option.defaultText());
        String secret = option.secret() ? " Secret: masked wherever it would show." : "";
        return "| `" + option.key() + "` | " + type(option) + " | " + fallback + " | "
                + MarkedSection.cell(option.description() + secret) + " |\n";
    }

    private static String type(DeclaredOption option) {
        return option.enumTexts().isEmpty() ? option.kind() : "`" + String.join("`, `", option.enumTexts()) + "`";
    }

    private static String code(String text) {
        return text == null || text.isEmpty() ? "" : "`" + text + "`";
    }
}
