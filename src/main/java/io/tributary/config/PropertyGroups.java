package io.tributary.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Property groups as they were written, nothing checked yet: texts by group and key. Immutable.
 *
 * <p>The JSON is that of Managed Service for Apache Flink's runtime properties: an array of objects with
 * {@code PropertyGroupId} and {@code PropertyMap}.
 */
public final class PropertyGroups {
    public static final PropertyGroups NONE = new PropertyGroups(new TreeMap<>());

    private static final String ID = "PropertyGroupId";
    private static final String MAP = "PropertyMap";
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final TreeMap<String, TreeMap<String, String>> groups;

    private PropertyGroups(TreeMap<String, TreeMap<String, String>> groups) {
        this.groups = groups;
    }

    /** @throws ConfigException where the file cannot be read or is not of the expected form; it shows no value */
    public static PropertyGroups read(Path file) {
        try {
            return of(JSON.readTree(Files.readAllBytes(file)), file);
        } catch (JsonProcessingException e) {
            throw malformed(file, "it is no JSON (line " + line(e) + ")");
        } catch (IOException e) {
            throw new ConfigException("The configuration " + file + " cannot be read (" + e
                    + "). Give a file that exists with --config FILE.");
        }
    }

    /** @return these groups with one value replaced, or taken away where it is empty */
    public PropertyGroups with(Setting setting) {
        TreeMap<String, TreeMap<String, String>> changed = new TreeMap<>();
        groups.forEach((name, group) -> changed.put(name, new TreeMap<>(group)));
        Map<String, String> group = changed.computeIfAbsent(setting.group(), name -> new TreeMap<>());
        if (setting.value().isEmpty()) {
            group.remove(setting.key());
        } else {
            group.put(setting.key(), setting.value());
        }
        return new PropertyGroups(changed);
    }

    /** @return the values by key, by group; not changeable */
    public Map<String, Map<String, String>> asMap() {
        return Collections.unmodifiableMap(groups);
    }

    private static PropertyGroups of(JsonNode root, Path file) {
        if (!root.isArray()) {
            throw malformed(file, "it is no array");
        }
        TreeMap<String, TreeMap<String, String>> groups = new TreeMap<>();
        for (JsonNode entry : root) {
            String id = entry.path(ID).asText("");
            if (id.isEmpty() || !entry.path(MAP).isObject()) {
                throw malformed(file, "entry " + (groups.size() + 1) + " lacks " + ID + " or " + MAP);
            }
            TreeMap<String, String> group = new TreeMap<>();
            entry.path(MAP).fields().forEachRemaining(field -> {
                if (!field.getValue().isValueNode() || field.getValue().isNull()) {
                    throw malformed(file, "group " + id + ", key " + field.getKey() + " has no plain value");
                }
                group.put(field.getKey(), field.getValue().asText());
            });
            if (groups.put(id, group) != null) {
                throw malformed(file, "group " + id + " stands there twice");
            }
        }
        return new PropertyGroups(groups);
    }

    private static String line(JsonProcessingException e) {
        return e.getLocation() == null ? "?" : Integer.toString(e.getLocation().getLineNr());
    }

    private static ConfigException malformed(Path file, String why) {
        return new ConfigException("The configuration " + file + " cannot be used: " + why + ". Expected is" + " [{\""
                + ID + "\": \"Source\", \"" + MAP + "\": {\"start\": \"earliest\", ...}}, ...].");
    }
}
