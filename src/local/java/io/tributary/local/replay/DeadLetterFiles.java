package io.tributary.local.replay;

import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.DeadLetterLine;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The dead letters of a directory: all of them, or those that a run adds. */
final class DeadLetterFiles {
    private static final String SUFFIX = ".jsonl";

    private final Path directory;
    private final Configuration hadoop;
    private final Set<String> before;

    DeadLetterFiles(String directory, Configuration hadoop) {
        this.directory = new Path(directory);
        this.hadoop = hadoop;
        this.before = list();
    }

    /** @return every dead letter of a directory, each once; none where there is no such directory */
    static List<DeadLetter> all(String directory, Configuration hadoop) {
        DeadLetterFiles files = new DeadLetterFiles(directory, hadoop);
        Map<String, DeadLetter> letters = new LinkedHashMap<>();
        files.before.forEach(
                file -> files.read(new Path(file), (key, line) -> letters.putIfAbsent(key, line.letter())));
        return List.copyOf(letters.values());
    }

    /**
     * @return each added dead letter once, its line by its record's coordinates; a restart may have written some twice
     */
    Map<String, Line> added() {
        Map<String, Line> lines = new LinkedHashMap<>();
        for (String file : list()) {
            if (!before.contains(file)) {
                read(new Path(file), lines::putIfAbsent);
            }
        }
        return lines;
    }

    /**
     * A dead letter and the line it came from.
     *
     * @param text without line end
     */
    record Line(DeadLetter letter, String text) {}

    private void read(Path file, BiConsumer<String, Line> lines) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(file.getFileSystem(hadoop).open(file), StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                DeadLetter letter = DeadLetterLine.read(text);
                lines.accept(letter.record().coordinates() + " " + letter.stage(), new Line(letter, text));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the dead letters in " + file, e);
        }
    }

    private Set<String> list() {
        Set<String> files = new TreeSet<>();
        try {
            FileSystem fileSystem = directory.getFileSystem(hadoop);
            RemoteIterator<LocatedFileStatus> found = fileSystem.listFiles(directory, true);
            while (found.hasNext()) {
                Path file = found.next().getPath();
                if (file.getName().endsWith(SUFFIX) && !file.getName().startsWith(".")) {
                    files.add(file.toString());
                }
            }
        } catch (FileNotFoundException none) {
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the dead letters in " + directory, e);
        }
        return files;
    }
}
