package io.tributary.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy-on-write Hudi table on a local disk, looked at from outside, whoever wrote it: its completed commits
 * ({@code .hoodie/<instant>.commit}) and the newest file of each file group
 * ({@code <file id>_<token>_<instant>.parquet}; https://hudi.apache.org/tech-specs/#file-layout-hierarchy).
 */
final class LakeFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern COMMIT = Pattern.compile("(\\d+)\\.commit");
    private static final Pattern BASE_FILE = Pattern.compile("([^_]+)_[^_]+_(\\d+)\\.parquet");

    private final Path table;

    LakeFiles(Path table) {
        this.table = table;
    }

    /** @return the completed commits that are not archived: by instant the time the commit was there, ms since the epoch */
    Map<String, Long> commits() {
        Map<String, Long> commits = new TreeMap<>();
        Path timeline = table.resolve(".hoodie");
        if (Files.isDirectory(timeline)) {
            try (Stream<Path> files = Files.list(timeline)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Matcher name = COMMIT.matcher(file.getFileName().toString());
                    if (name.matches()) {
                        commits.put(
                                name.group(1), Files.getLastModifiedTime(file).toMillis());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read the timeline " + timeline, e);
            }
        }
        return commits;
    }

    /** @return the bytes that the commits say they have written, those of an instant after {@code after} */
    long bytesWritten(String after) {
        long bytes = 0;
        for (String instant : commits().keySet()) {
            if (instant.compareTo(after) > 0) {
                for (JsonNode partition : metadata(instant).path("partitionToWriteStats")) {
                    for (JsonNode file : partition) {
                        bytes += file.path("fileSizeInBytes").asLong();
                    }
                }
            }
        }
        return bytes;
    }

    /** @return the newest committed file of each file group; only of a table that nobody writes */
    Collection<Path> newestFiles() {
        Map<String, Path> newest = new TreeMap<>();
        Map<String, String> instants = new TreeMap<>();
        List<String> pending = pending();
        try (Stream<Path> files = Files.walk(table)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = BASE_FILE.matcher(file.getFileName().toString());
                if (name.matches()
                        && !file.startsWith(table.resolve(".hoodie"))
                        && !pending.contains(name.group(2))
                        && name.group(2).compareTo(instants.getOrDefault(name.group(1), "")) > 0) {
                    newest.put(name.group(1), file);
                    instants.put(name.group(1), name.group(2));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + table, e);
        }
        return newest.values();
    }

    private List<String> pending() {
        List<String> pending = new ArrayList<>();
        Map<String, Long> completed = commits();
        try (Stream<Path> files = Files.list(table.resolve(".hoodie"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".inflight") || name.endsWith(".commit.requested"))
                    .map(name -> name.substring(0, name.indexOf('.')))
                    .filter(instant -> !completed.containsKey(instant))
                    .forEach(pending::add);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the timeline of " + table, e);
        }
        return pending;
    }

    private JsonNode metadata(String instant) {
        Path file = table.resolve(".hoodie").resolve(instant + ".commit");
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the commit " + file, e);
        }
    }
}
