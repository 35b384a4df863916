package io.tributary.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** What the documents refer to is there. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|ITCase))`");
    private static final Path DOCS = Path.of("docs");

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        Set<String> broken = new TreeSet<>();
        for (Path document : documents()) {
            Matcher matcher = LINK.matcher(Files.readString(document));
            while (matcher.find()) {
                String link = matcher.group(1);
                if (!link.contains("://") && !isThere(document, link)) {
                    broken.add(document + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theArchitectureTellsOfEveryPackage() throws IOException {
        String text = Files.readString(DOCS.resolve("architecture.md"));
        try (Stream<Path> packages = Files.list(Path.of("src/main/java/io/tributary"))) {
            assertThat(packages.filter(Files::isDirectory).map(path -> "`" + path.getFileName() + "`"))
                    .allSatisfy(name -> assertThat(text).contains(name));
        }
    }

    @Test
    void testsThatAreNamedExist() throws IOException {
        Set<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            files.forEach(file -> there.add(file.getFileName().toString().replace(".java", "")));
        }
        for (Path document : documents()) {
            Matcher matcher = TEST.matcher(Files.readString(document));
            while (matcher.find()) {
                assertThat(there).as("tests, of which %s names one", document).contains(matcher.group(1));
            }
        }
    }

    @Test
    void picturesAreWellFormed() throws Exception {
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(DOCS.resolve("architecture.svg").toFile())
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    private static boolean isThere(Path document, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || anchors(target).contains(link.substring(hash + 1));
    }

    private static List<String> anchors(Path document) throws IOException {
        List<String> anchors = new ArrayList<>();
        Matcher matcher = HEADING.matcher(Files.readString(document));
        while (matcher.find()) {
            anchors.add(matcher.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(DOCS)) {
            return Stream.concat(
                            Stream.of(
                                    Path.of("README.md"),
                                    Path.of("deploy/README.md"),
                                    Path.of("deploy/permissions.md")),
                            docs.filter(path -> path.toString().endsWith(".md")))
                    .toList();
        }
    }
}
