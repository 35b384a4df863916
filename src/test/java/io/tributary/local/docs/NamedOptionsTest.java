package io.tributary.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.OptionGroup;
import io.tributary.config.OptionGroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Options are renamed more easily than the documents that speak of them. */
class NamedOptionsTest {
    private static final Pattern NAMED = Pattern.compile(
            "`(Source|Auth|SchemaRegistry|Lake|Catalog|DeadLetter|Table\\.<[a-z.]+>|Aggregate\\.<[a-z]+>)\\.([a-z][a-z0-9.]*)[`=]");

    @Test
    void theDocumentsNameOnlyOptionsThatThereAre() throws IOException {
        Set<String> unknown = new TreeSet<>();
        int named = 0;
        for (Path document : documents()) {
            Matcher matcher = NAMED.matcher(Files.readString(document));
            while (matcher.find()) {
                named++;
                if (!exists(matcher.group(1), matcher.group(2))) {
                    unknown.add(document + ": " + matcher.group());
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(named).isGreaterThan(50);
    }

    private static boolean exists(String group, String key) {
        String name = group.replaceFirst("\\.<.*", "");
        for (OptionGroup each : OptionGroups.ALL) {
            if (each.name().equals(name) && (each.knows(key) || each.prefixes().containsKey(key))) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md"), Path.of("deploy/README.md")),
                            docs.filter(path -> path.toString().endsWith(".md")))
                    .toList();
        }
    }
}
