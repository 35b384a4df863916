package io.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxy;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyAsyncV2;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxySyncV2;
import org.junit.jupiter.api.Test;

/** The calls that the compiled classes make, against the table of permissions. */
class CallsTest {
    /** Names of Glue's operations, as constants of a class. */
    private static final Pattern GLUE_OPERATION =
            Pattern.compile("\\b((Batch)?(Get|Create|Update|Delete)(SchemaVersion|Database|Table|Partition)s?)\\b");
    /** Made by consumers that deregister themselves, which this job's do not. */
    private static final Set<String> NOT_MADE = Set.of("kinesis:DeregisterStreamConsumer");

    @Test
    void everyCallOfTheKinesisReadersIsInTheTable() throws IOException {
        Set<String> calls = new TreeSet<>();
        for (JavaClass proxy : new ClassFileImporter()
                .importClasses(KinesisProxy.class, KinesisProxySyncV2.class, KinesisProxyAsyncV2.class)) {
            proxy.getMethodCallsFromSelf().stream()
                    .filter(call ->
                            call.getTargetOwner().getName().matches(".*\\.(AmazonKinesis|Kinesis(Async)?Client)"))
                    .map(call -> call.getTarget().getName())
                    .filter(name -> !name.equals("close"))
                    .forEach(name -> calls.add("kinesis:" + Character.toUpperCase(name.charAt(0)) + name.substring(1)));
        }
        calls.removeAll(NOT_MADE);
        Set<String> granted = actions("kinesis:");
        granted.remove("kinesis:PutRecords");
        assertThat(calls).isEqualTo(granted);
    }

    @Test
    void everyCallOfGlueIsInTheTable() throws IOException {
        Set<String> calls = new TreeSet<>();
        for (Path file : classes()) {
            Matcher target = GLUE_OPERATION.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            while (target.find()) {
                calls.add("glue:" + target.group(1));
            }
        }
        assertThat(calls).contains("glue:GetSchemaVersion").isSubsetOf(actions("glue:"));
    }

    private static List<Path> classes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target/classes/io/tributary"))) {
            return files.filter(file -> file.toString().endsWith(".class")).collect(Collectors.toList());
        }
    }

    private static Set<String> actions(String service) throws IOException {
        return Permissions.table(Path.of("deploy/permissions.md")).stream()
                .map(Permissions.Row::action)
                .filter(action -> action.startsWith(service))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
