package io.tributary.local.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated part of a document, between two comments that name it. */
final class MarkedSection {
    private final String begin;
    private final String end;
    private final String what;

    /** @param what the section holds, as the comments name it */
    MarkedSection(String what) {
        this.begin = "<!-- " + what + ":begin -->";
        this.end = "<!-- " + what + ":end -->";
        this.what = what;
    }

    /** @throws IllegalStateException where the file lacks the comments */
    void update(Path file, String markdown) throws IOException {
        String text = Files.readString(file);
        String section = section(text, file);
        Files.writeString(file, text.replace(begin + section + end, begin + "\n" + markdown + end));
    }

    /** @return what stands between the comments of the file, without the line break after the first */
    String read(Path file) throws IOException {
        String section = section(Files.readString(file), file);
        return section.startsWith("\n") ? section.substring(1) : section;
    }

    /** @return the text for one cell of a table */
    static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private String section(String text, Path file) {
        int first = text.indexOf(begin);
        int last = text.indexOf(end);
        if (first < 0 || last < first) {
            throw new IllegalStateException(file + " has no section between " + begin + " and " + end
                    + "; put the two comments where the " + what + " shall stand");
        }
        return text.substring(first + begin.length(), last);
    }
}
