package io.tributary.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.metrics.Described;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricReferenceTest {
    private static final Path FILE = Path.of("docs/metrics.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern NAMED =
            Pattern.compile("(?<!\\*)`(?:topic\\.<topic>\\.)?([a-z]+(?:[A-Z][a-z]+)+(?:\\.[a-z-]+)?)`");
    private static final Pattern CONSTANT = Pattern.compile("\\b(?:MetricNames|AggregateMetrics)\\.[A-Z_]+\\b");
    private static final Pattern REGISTERED =
            Pattern.compile("\\.(?:counter|gauge|histogram|meter)\\(\\s*([^\\s,();]+)[,)]");

    /** With {@code -Dtributary.update-docs=true} the file is brought up to date instead. */
    @Test
    void theReferenceIsTheOneOfTheNames() throws IOException {
        if (Boolean.getBoolean("tributary.update-docs")) {
            MetricReference.update(FILE);
        }
        assertThat(MetricReference.read(FILE))
                .as(
                        "%s. Bring it up to date with: mvn test -Dtest=MetricReferenceTest -Dtributary.update-docs=true",
                        FILE)
                .isEqualTo(MetricReference.markdown());
    }

    @Test
    void everyMetricOfTheReferenceIsUsedByTheJob() throws IOException {
        Set<String> used = found(CONSTANT, 0);
        assertThat(MetricReference.entries())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(used).contains(entry.constant()));
    }

    @Test
    void whateverTheJobRegistersHasANameOfTheReference() throws IOException {
        Set<String> registered = found(REGISTERED, 1);
        registered.removeIf(name -> name.matches("[a-z]\\w*")); // helpers that take the name as a parameter
        Set<String> known = new TreeSet<>();
        MetricReference.entries().forEach(entry -> known.add(entry.constant()));
        assertThat(registered).isNotEmpty().isSubsetOf(known);
    }

    /** An alarm that asks for a gauge by its name gets all that have it: a table's that is written rarely stays for days. */
    @Test
    void noGaugeIsBothTheLakesAndATables() {
        assertThat(MetricReference.entries())
                .filteredOn(entry -> entry.described().kind() == Described.Kind.GAUGE)
                .allSatisfy(entry -> assertThat(entry.described().scopes()).hasSize(1));
    }

    /** Flink's own metrics are in italics there. */
    @Test
    void theRunbookNamesOnlyMetricsThatThereAre() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher matcher = NAMED.matcher(Files.readString(Path.of("docs/runbook.md")));
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
        assertThat(named)
                .hasSizeGreaterThan(15)
                .allMatch(name -> MetricReference.entries().stream().anyMatch(entry -> entry.matches(name)));
    }

    private static Set<String> found(Pattern pattern, int group) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
                    found.add(matcher.group(group));
                }
            }
        }
        return found;
    }
}
