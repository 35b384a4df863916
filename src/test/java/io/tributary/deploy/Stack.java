package io.tributary.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a template comes to with values for its parameters: resources whose condition holds, with all functions worked
 * out. A reference to a resource is {@code <Name>}, to one of its attributes {@code <Name.Attribute>}.
 */
final class Stack {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]+)}");
    private static final Object NO_VALUE = new Object();
    private static final Map<String, Object> PSEUDO = Map.of(
            "AWS::Region", "eu-west-1",
            "AWS::AccountId", "123456789012",
            "AWS::Partition", "aws",
            "AWS::NoValue", NO_VALUE);

    private final Template template;
    private final Map<String, Object> parameters;
    private final Map<String, Resource> resources = new LinkedHashMap<>();

    /** A resource of the stack. */
    record Resource(String type, Map<String, Object> properties) {}

    Stack(Template template, Map<String, Object> parameters) {
        this.template = template;
        this.parameters = parameters;
        template.section("Resources").forEach((name, declared) -> {
            Map<?, ?> declaration = (Map<?, ?>) declared;
            Object condition = declaration.get("Condition");
            if (condition == null || holds(condition.toString())) {
                resources.put(
                        name,
                        new Resource(declaration.get("Type").toString(), map(resolve(declaration.get("Properties")))));
            }
        });
        template.section("Outputs").values().forEach(this::resolve);
    }

    Map<String, Resource> resources() {
        return resources;
    }

    /** @return the resources of a type, by their names */
    Map<String, Resource> ofType(String type) {
        return resources.entrySet().stream()
                .filter(resource -> resource.getValue().type().equals(type))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private Object resolve(Object value) {
        if (value instanceof List) {
            return ((List<?>) value)
                    .stream()
                            .map(this::resolve)
                            .filter(element -> element != NO_VALUE)
                            .collect(Collectors.toList());
        } else if (!(value instanceof Map)) {
            return value;
        }
        Map<String, Object> map = map(value);
        if (map.size() == 1) {
            Map.Entry<String, Object> only = map.entrySet().iterator().next();
            if (only.getKey().equals("Ref")) {
                return reference(only.getValue().toString());
            } else if (only.getKey().equals("Condition") && only.getValue() instanceof String) {
                return holds(only.getValue().toString());
            } else if (only.getKey().startsWith("Fn::")) {
                return function(only.getKey(), only.getValue());
            }
        }
        Map<String, Object> resolved = new LinkedHashMap<>();
        map.forEach((key, each) -> {
            Object result = resolve(each);
            if (result != NO_VALUE) {
                resolved.put(key, result);
            }
        });
        return resolved;
    }

    private Object function(String name, Object argument) {
        if (name.equals("Fn::Sub")) {
            return substitute(argument);
        } else if (name.equals("Fn::GetAtt")) {
            List<?> path = (List<?>) argument;
            return attribute(path.get(0).toString(), path.get(1).toString());
        } else if (name.equals("Fn::If")) {
            List<?> choice = (List<?>) argument;
            return resolve(choice.get(holds(choice.get(0).toString()) ? 1 : 2));
        }
        List<?> arguments = (List<?>) resolve(argument);
        switch (name) {
            case "Fn::Equals":
                return arguments.get(0).toString().equals(arguments.get(1).toString());
            case "Fn::Not":
                return !(Boolean) arguments.get(0);
            case "Fn::And":
                return arguments.stream().allMatch(Boolean.TRUE::equals);
            case "Fn::Or":
                return arguments.stream().anyMatch(Boolean.TRUE::equals);
            case "Fn::Join":
                return ((List<?>) arguments.get(1))
                        .stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(arguments.get(0).toString()));
            case "Fn::Split":
                return new ArrayList<Object>(List.of(arguments
                        .get(1)
                        .toString()
                        .split(Pattern.quote(arguments.get(0).toString()))));
            default:
                throw new IllegalArgumentException("function " + name + " is not known here");
        }
    }

    private boolean holds(String condition) {
        Object declared = template.section("Conditions").get(condition);
        if (declared == null) {
            throw new IllegalArgumentException("there is no condition " + condition);
        }
        return (Boolean) resolve(declared);
    }

    private String substitute(Object argument) {
        String text = (argument instanceof List ? ((List<?>) argument).get(0) : argument).toString();
        Map<String, Object> own = argument instanceof List ? map(resolve(((List<?>) argument).get(1))) : Map.of();
        Matcher place = PLACE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (place.find()) {
            String name = place.group(1);
            int dot = name.indexOf('.');
            Object value = own.containsKey(name)
                    ? own.get(name)
                    : dot < 0 ? reference(name) : attribute(name.substring(0, dot), name.substring(dot + 1));
            place.appendReplacement(result, Matcher.quoteReplacement(value.toString()));
        }
        return place.appendTail(result).toString();
    }

    private Object reference(String name) {
        if (PSEUDO.containsKey(name)) {
            return PSEUDO.get(name);
        } else if (parameters.containsKey(name)) {
            return parameters.get(name);
        }
        return "<" + resourceName(name) + ">";
    }

    private String attribute(String resource, String attribute) {
        return "<" + resourceName(resource) + "." + attribute + ">";
    }

    private String resourceName(String name) {
        if (!template.section("Resources").containsKey(name)) {
            throw new IllegalArgumentException("there is no parameter and no resource " + name);
        }
        return name;
    }
}
