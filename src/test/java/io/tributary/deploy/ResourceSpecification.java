package io.tributary.deploy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.local.stack.StackFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * CloudFormation's resource types, from the description of them that the AWS CDK carries in its jar: its classes {@code
 * CfnX} are generated from CloudFormation's own specification, with the same properties in camel case.
 */
final class ResourceSpecification {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPES = "package/.jsii.gz";

    private final Map<String, JsonNode> types = new HashMap<>();
    private final Map<String, String> classes = new HashMap<>();
    private final Map<String, String> sources = new HashMap<>();

    /** @param wanted the resource types that will be asked about, e.g. {@code AWS::IAM::Role} */
    static ResourceSpecification of(Set<String> wanted) throws IOException {
        ResourceSpecification specification = new ResourceSpecification();
        Path archive = StackFiles.find("cloudformation/software/amazon/awscdk", "aws-cdk-lib@*.jsii.tgz");
        specification.read(archive, wanted);
        return specification;
    }

    private void read(Path archive, Set<String> wanted) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            Set<String> generated = null;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals(TYPES)) {
                    readTypes(new GZIPInputStream(tar));
                    generated = generatedSources(wanted);
                } else if (generated != null && generated.contains(entry.getName())) {
                    sources.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
                    if (sources.size() == generated.size()) {
                        return;
                    }
                }
            }
        }
        throw new IOException(archive + " does not describe " + wanted);
    }

    private void readTypes(InputStream in) throws IOException {
        JsonParser parser = JSON.getFactory().createParser(in);
        while (parser.nextToken() != null) {
            if (parser.currentToken() == JsonToken.FIELD_NAME
                    && parser.currentName().equals("types")) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (name.contains(".Cfn")) {
                        JsonNode type = JSON.readTree(parser);
                        types.put(name, type);
                        JsonNode resource = type.at("/docs/custom/cloudformationResource");
                        if (resource.isTextual() && !name.endsWith("Props")) {
                            classes.put(resource.asText(), name);
                        }
                    } else {
                        parser.skipChildren();
                    }
                }
                return;
            }
            if (parser.currentToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
                parser.skipChildren();
            }
        }
    }

    private Set<String> generatedSources(Set<String> wanted) throws IOException {
        Set<String> files = new HashSet<>();
        for (String type : wanted) {
            if (!classes.containsKey(type)) {
                throw new IOException("there is no resource type " + type);
            }
            files.add(source(type));
        }
        return files;
    }

    private String source(String type) {
        String symbol = types.get(classes.get(type)).get("symbolId").asText();
        return "package/" + symbol.substring(0, symbol.indexOf(':')) + ".js";
    }

    /** @return what is wrong with a resource's properties: unknown, missing, of another kind */
    List<String> problems(String name, Stack.Resource resource) {
        List<String> problems = new ArrayList<>();
        check(
                name,
                resource.properties(),
                types.get(classes.get(resource.type()) + "Props"),
                sources.get(source(resource.type())),
                problems);
        return problems;
    }

    private void check(String path, Object value, JsonNode struct, String source, List<String> problems) {
        if (!(value instanceof Map)) {
            problems.add(path + " is not an object");
            return;
        }
        Map<String, JsonNode> known = new HashMap<>();
        struct.path("properties")
                .forEach(property -> known.put(property.get("name").asText().toLowerCase(), property));
        Map<String, Object> given = Stack.map(value);
        given.forEach((key, each) -> {
            JsonNode property = known.get(key.toLowerCase());
            // The description has names in camel case; the code generated beside it has them as CloudFormation does.
            if (property == null || !source.contains(key + ":") && !source.contains('"' + key + '"')) {
                problems.add(path + "." + key + " does not exist");
            } else {
                checkType(path + "." + key, each, property.get("type"), source, problems);
            }
        });
        Set<String> names = new HashSet<>();
        given.keySet().forEach(key -> names.add(key.toLowerCase()));
        known.forEach((key, property) -> {
            if (!property.path("optional").asBoolean() && !names.contains(key)) {
                problems.add(path + "." + property.get("name").asText() + " is missing");
            }
        });
    }

    private void checkType(String path, Object value, JsonNode type, String source, List<String> problems) {
        if (type.has("union")) {
            for (JsonNode choice : type.at("/union/types")) {
                if (!choice.path("fqn").asText().endsWith(".IResolvable")) {
                    checkType(path, value, choice, source, problems);
                }
            }
        } else if (type.has("collection")) {
            JsonNode element = type.at("/collection/elementtype");
            if (type.at("/collection/kind").asText().equals("map")) {
                Stack.map(value).forEach((key, each) -> checkType(path + "." + key, each, element, source, problems));
            } else if (value instanceof List) {
                ((List<?>) value).forEach(each -> checkType(path + "[]", each, element, source, problems));
            } else {
                problems.add(path + " is not a list");
            }
        } else if (type.has("fqn")) {
            JsonNode struct = types.get(type.get("fqn").asText());
            if (struct != null) {
                check(path, value, struct, source, problems);
            }
        } else if (!isPrimitive(value, type.path("primitive").asText())) {
            problems.add(path + " is not a " + type.path("primitive").asText() + ": " + value);
        }
    }

    private static boolean isPrimitive(Object value, String primitive) {
        switch (primitive) {
            case "number":
                return value.toString().matches("-?[0-9]+(\\.[0-9]+)?");
            case "boolean":
                return value.toString().matches("true|false");
            case "string":
                return !(value instanceof Map) && !(value instanceof List);
            default:
                return true;
        }
    }
}
