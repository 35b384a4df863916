package io.tributary.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** IAM actions: those of {@code deploy/permissions.md}'s table, and those of a stack's roles. */
final class Permissions {
    private Permissions() {}

    /** A row of the table. */
    record Row(String statement, String action, String call) {}

    static List<Row> table(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .map(cells -> new Row(code(cells[1]), code(cells[2]), cells[3].trim()))
                .collect(Collectors.toList());
    }

    private static String code(String cell) {
        return cell.trim().replace("`", "");
    }

    /** @return the actions of all roles by statement */
    static Map<String, Set<String>> of(Stack stack) {
        Map<String, Set<String>> actions = new TreeMap<>();
        stack.ofType("AWS::IAM::Role")
                .values()
                .forEach(role -> list(role.properties().get("Policies")).forEach(policy -> {
                    Map<String, Object> document = Stack.map(policy.get("PolicyDocument"));
                    list(document.get("Statement"))
                            .forEach(statement -> actions.computeIfAbsent(
                                            statement.get("Sid").toString(), sid -> new TreeSet<>())
                                    .addAll(texts(statement.get("Action"))));
                }));
        return actions;
    }

    private static List<Map<String, Object>> list(Object value) {
        return ((List<?>) value).stream().map(Stack::map).collect(Collectors.toList());
    }

    private static List<String> texts(Object value) {
        return ((List<?>) value).stream().map(Object::toString).collect(Collectors.toList());
    }
}
