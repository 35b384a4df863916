package io.tributary.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A CloudFormation template as its text has it; short forms of functions are as their long ones: {@code !Ref X} is
 * {@code {Ref: X}}, {@code !Sub X} is {@code {Fn::Sub: X}}.
 */
final class Template {
    private static final List<String> FUNCTIONS =
            List.of("Sub", "GetAtt", "If", "Equals", "Not", "And", "Or", "Join", "Split");

    private final Map<String, Object> root;

    private Template(Map<String, Object> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked")
    static Template read(Path file) throws IOException {
        LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
        Load load = new Load(settings, new Tags(settings));
        return new Template((Map<String, Object>) load.loadFromString(Files.readString(file)));
    }

    /** @return a part of the template by its name, e.g. {@code Resources}; empty where there is none */
    @SuppressWarnings("unchecked")
    Map<String, Object> section(String name) {
        return (Map<String, Object>) root.getOrDefault(name, Map.of());
    }

    /** @param given values of parameters; the others have their defaults */
    Stack stack(Map<String, String> given) {
        Map<String, Object> parameters = new TreeMap<>();
        section("Parameters").forEach((name, declared) -> {
            Map<?, ?> declaration = (Map<?, ?>) declared;
            Object value = given.getOrDefault(name, text(declaration.get("Default")));
            if (value == null) {
                throw new IllegalArgumentException("parameter " + name + " has no value and no default");
            }
            Object allowed = declaration.get("AllowedPattern");
            if (allowed != null && !value.toString().matches(allowed.toString())) {
                throw new IllegalArgumentException("parameter " + name + ": " + value + " is not " + allowed);
            }
            parameters.put(
                    name,
                    declaration.get("Type").toString().matches("List<.*|CommaDelimitedList")
                            ? List.of(value.toString().split(","))
                            : value);
        });
        given.keySet().stream()
                .filter(name -> !parameters.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("there is no parameter " + name);
                });
        return new Stack(this, parameters);
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static final class Tags extends StandardConstructor {
        private Tags(LoadSettings settings) {
            super(settings);
            tagConstructors.put(new Tag("!Ref"), node -> Map.of("Ref", value(node)));
            tagConstructors.put(new Tag("!Condition"), node -> Map.of("Condition", value(node)));
            FUNCTIONS.forEach(
                    name -> tagConstructors.put(new Tag("!" + name), (ConstructNode) node -> function(name, node)));
        }

        private Map<String, Object> function(String name, Node node) {
            Object argument = value(node);
            if (name.equals("GetAtt") && argument instanceof String) {
                argument = new ArrayList<>(List.of(argument.toString().split("\\.", 2)));
            }
            return Map.of("Fn::" + name, argument);
        }

        private Object value(Node node) {
            if (node instanceof ScalarNode) {
                return ((ScalarNode) node).getValue();
            }
            return node instanceof SequenceNode
                    ? constructSequence((SequenceNode) node)
                    : constructMapping((MappingNode) node);
        }
    }
}
