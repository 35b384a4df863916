package io.tributary.local.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A folder with recorded topics, the schemas they were written with, and what the databases held. */
public final class Recording {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESOURCES = "recordings";
    private static final String MESSAGES_SUFFIX = ".jsonl.gz";
    private static final String TRUTH_SUFFIX = ".csv.gz";

    private final Path folder;

    private Recording(Path folder) {
        this.folder = folder;
    }

    /**
     * @param folderOrName a folder, or the name of a recording that comes with the project
     * @throws IllegalArgumentException where it is neither
     */
    public static Recording of(String folderOrName) {
        Path folder = Path.of(folderOrName);
        if (Files.isDirectory(folder.resolve("topics"))) {
            return new Recording(folder.toAbsolutePath().normalize());
        }
        if (bundledNames().contains(folderOrName)) {
            return bundled(folderOrName);
        }
        throw new IllegalArgumentException("No recording " + folderOrName
                + ": neither a folder with topics/*.jsonl.gz nor one of the bundled recordings " + bundledNames());
    }

    /** @return a recording that comes with the project, e.g. {@code raw-headers-default} */
    public static Recording bundled(String name) {
        return new Recording(bundledRoot().resolve(name));
    }

    /** @return the names of the recordings that come with the project */
    public static List<String> bundledNames() {
        return list(bundledRoot(), "");
    }

    public String name() {
        return folder.getFileName().toString();
    }

    public Path folder() {
        return folder;
    }

    /** @return the topics' names, sorted */
    public List<String> topics() {
        return list(folder.resolve("topics"), MESSAGES_SUFFIX);
    }

    /** @return the full names of the tables, e.g. {@code tickit.ecomm.sale}: topics whose truth was recorded */
    public List<String> tables() {
        List<String> truths = list(folder.resolve("truth_final"), TRUTH_SUFFIX);
        return topics().stream()
                .filter(topic -> truths.contains(withoutServer(topic)))
                .toList();
    }

    /** @return all messages of a topic, by partition and offset in the order they were recorded */
    public List<RawRecord> messages(String topic) {
        List<RawRecord> messages = new ArrayList<>();
        try (BufferedReader lines = gunzip(folder.resolve("topics").resolve(topic + MESSAGES_SUFFIX))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                messages.add(message(topic, JSON.readTree(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read topic " + topic + " of recording " + folder, e);
        }
        return messages;
    }

    /** @return the end offset of each partition of each topic at that moment */
    public Map<String, List<Long>> ends(Moment moment) {
        Path file = folder.resolve("ends_" + moment.suffix() + ".txt");
        Map<String, List<Long>> ends = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    String[] parts = line.trim().split(" ");
                    ends.put(
                            parts[0],
                            Stream.of(parts[1].split(",")).map(Long::valueOf).toList());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
        return ends;
    }

    /** @return how many messages all topics together hold at that moment */
    public long messages(Moment moment) {
        return ends(moment).values().stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .sum();
    }

    /** @return the number of partitions of a topic */
    public int partitions(String topic) {
        return ends(Moment.FINAL).get(topic).size();
    }

    /**
     * @param table full name, e.g. {@code tickit.ecomm.sale}
     * @param moment {@link Moment#BEFORE_TRUNCATE} or {@link Moment#FINAL}
     * @return what the database's table held at that moment
     */
    public Truth truth(String table, Moment moment) {
        Path file = folder.resolve("truth_" + moment.suffix()).resolve(withoutServer(table) + TRUTH_SUFFIX);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return Truth.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** @return the registry's content in the form of Apicurio's admin import, with the recorded ids */
    public Path registryExport() {
        return folder.resolve("registry-export.zip");
    }

    /** @return every version of every schema */
    public List<RecordedSchema> schemas() {
        Path file = folder.resolve("registry.json.gz");
        List<RecordedSchema> schemas = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            for (JsonNode artifact : JSON.readTree(in).get("artifacts")) {
                schemas.add(new RecordedSchema(
                        artifact.get("groupId").asText(),
                        artifact.get("artifactId").asText(),
                        artifact.get("version").asInt(),
                        artifact.get("globalId").asLong(),
                        artifact.get("contentId").asLong(),
                        artifact.get("schema").toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
        return schemas;
    }

    @Override
    public String toString() {
        return name();
    }

    private static RawRecord message(String topic, JsonNode line) {
        JsonNode headers = line.get("headers");
        String[] names = new String[headers.size()];
        byte[][] values = new byte[headers.size()][];
        for (int i = 0; i < names.length; i++) {
            names[i] = headers.get(i).get(0).asText();
            values[i] = bytes(headers.get(i).get(1));
        }
        return RawRecord.ofKafka(
                topic,
                line.get("partition").asInt(),
                line.get("offset").asLong(),
                line.get("timestamp").asLong(),
                bytes(line.get("key")),
                bytes(line.get("value")),
                names.length == 0 ? Headers.NONE : new Headers(names, values));
    }

    private static byte[] bytes(JsonNode base64) {
        return base64 == null || base64.isNull() ? null : Base64.getDecoder().decode(base64.asText());
    }

    private static String withoutServer(String table) {
        return table.substring(table.indexOf('.') + 1);
    }

    private static List<String> list(Path directory, String suffix) {
        try (Stream<Path> files = Files.list(directory)) {
            TreeSet<String> names = new TreeSet<>();
            files.filter(file -> suffix.isEmpty() == Files.isDirectory(file))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .forEach(name -> names.add(name.substring(0, name.length() - suffix.length())));
            return List.copyOf(names);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + directory, e);
        }
    }

    private static BufferedReader gunzip(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }

    private static Path bundledRoot() {
        URL root = Recording.class.getClassLoader().getResource(RESOURCES);
        if (root == null) {
            throw new IllegalStateException(
                    "The bundled recordings are not on the class path. Run: mvn -DskipTests test-compile");
        }
        try {
            return Path.of(root.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Not a folder: " + root, e);
        }
    }
}
