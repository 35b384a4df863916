package io.tributary.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.deadletter.DeadLetterHeaders;
import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;
import io.tributary.source.ReplayHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The closed lists of the document are those of the code. */
class DeadLetterDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/dead-letters.md");

    @Test
    void reasonsStagesAndHeadersAreThoseOfTheJob() throws IOException {
        assertThat(rows("reason")).containsExactlyInAnyOrderElementsOf(labels(Reason.values(), Reason::label));
        assertThat(rows("stage")).containsExactlyElementsOf(labels(Stage.values(), Stage::label));
        assertThat(rows("header"))
                .containsExactly(
                        DeadLetterHeaders.TOPIC,
                        DeadLetterHeaders.PARTITION,
                        DeadLetterHeaders.OFFSET,
                        DeadLetterHeaders.SEQUENCE_NUMBER,
                        DeadLetterHeaders.TIMESTAMP,
                        DeadLetterHeaders.STAGE,
                        DeadLetterHeaders.REASON,
                        DeadLetterHeaders.MESSAGE);
        assertThat(Files.readString(DOCUMENT)).contains("the header `" + ReplayHeader.NAME + "`");
    }

    private static <T> List<String> labels(T[] values, java.util.function.Function<T, String> label) {
        return Stream.of(values).map(label).toList();
    }

    /** @return the code at the beginning of each row of the table whose first column has that title */
    private static List<String> rows(String title) throws IOException {
        List<String> found = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(DOCUMENT)) {
            inside = line.startsWith("| " + title + " |") || inside && line.startsWith("|");
            Matcher code = Pattern.compile("^\\| `([^`]+)` \\|").matcher(line);
            if (inside && code.find()) {
                found.add(code.group(1));
            }
        }
        return found;
    }
}
