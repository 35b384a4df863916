package io.tributary.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The jar that {@code mvn package} has made, opened: what it must hold, and what it must not. */
class FatJarITCase {
    private static final int JAVA_11_CLASS_FILE = 55;
    private static final long MAX_BYTES = 200L << 20;
    /** Jars of a cluster's lib folder: their classes come from the cluster alone. */
    private static final Set<String> CLUSTER_JARS = Set.of(
            "flink-annotations",
            "flink-core",
            "flink-core-api",
            "flink-java",
            "flink-runtime",
            "flink-streaming-java",
            "flink-clients",
            "flink-optimizer",
            "flink-metrics-core",
            "flink-rpc-core",
            "flink-rpc-akka-loader",
            "flink-file-sink-common",
            "flink-table-common",
            "flink-table-api-java",
            "flink-table-api-java-bridge",
            "flink-table-runtime",
            "flink-statebackend-rocksdb",
            "flink-shaded-guava",
            "flink-shaded-jackson",
            "flink-shaded-netty");

    private static JarFile jar;
    private static Path path;

    @BeforeAll
    static void open() throws IOException {
        path = FatJar.path();
        jar = new JarFile(path.toFile());
    }

    @AfterAll
    static void close() throws IOException {
        if (jar != null) {
            jar.close();
        }
    }

    @Test
    void itsManifestNamesTheMainClassAndTheClassIsThere() throws IOException {
        String main = jar.getManifest().getMainAttributes().getValue("Main-Class");
        assertThat(main).isEqualTo("io.tributary.TributaryJob");
        assertThat(jar.getEntry(main.replace('.', '/') + ".class")).isNotNull();
    }

    @Test
    void itHoldsNoLoggingBackendAndNoSignatureFile() {
        assertThat(names())
                .noneMatch(name -> name.startsWith("org/slf4j/")
                        || name.startsWith("org/apache/logging/")
                        || name.startsWith("org/apache/log4j/")
                        || name.startsWith("ch/qos/")
                        || name.matches("(log4j|logback)[^/]*\\.(properties|xml)")
                        || name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)"));
    }

    @Test
    void itBringsCommonsLoggingForHadoopAndAwsWhichNoClusterHas() {
        assertThat(names())
                .contains("org/apache/commons/logging/LogFactory.class")
                .contains("org/apache/commons/logging/impl/SLF4JLog.class")
                .doesNotContain("org/apache/commons/logging/impl/Log4JLogger.class");
    }

    @Test
    void itHoldsNoClassThatTheClusterHas() throws IOException {
        Set<String> cluster = new TreeSet<>();
        List<String> seen = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String file = Path.of(entry).getFileName().toString();
            String artifact = file.replaceFirst("-[0-9].*", "");
            if (CLUSTER_JARS.contains(artifact) && !file.endsWith("-tests.jar")) {
                seen.add(artifact);
                try (JarFile lib = new JarFile(entry)) {
                    lib.stream()
                            .map(JarEntry::getName)
                            .filter(name -> name.endsWith(".class"))
                            .forEach(cluster::add);
                }
            }
        }
        assertThat(seen).contains("flink-core", "flink-runtime", "flink-streaming-java");
        assertThat(names().stream().filter(cluster::contains).collect(Collectors.toList()))
                .isEmpty();
    }

    @Test
    void itsClassesRunOnJava11() throws IOException {
        List<String> tooNew = new ArrayList<>();
        for (JarEntry entry : jar.stream().collect(Collectors.toList())) {
            String name = entry.getName();
            if (name.startsWith("META-INF/versions/")) {
                String version = name.substring("META-INF/versions/".length());
                int release =
                        version.indexOf('/') > 0 ? Integer.parseInt(version.substring(0, version.indexOf('/'))) : 0;
                if (release > 11) {
                    tooNew.add(name);
                }
            }
            if (name.endsWith(".class") && classFileVersion(entry) > JAVA_11_CLASS_FILE) {
                tooNew.add(name);
            }
        }
        assertThat(tooNew).isEmpty();
    }

    private static int classFileVersion(JarEntry entry) throws IOException {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            in.readInt();
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }

    @Test
    void serviceFilesOfItsPartsAreMerged() throws IOException {
        String fileSystems = text("META-INF/services/org.apache.hadoop.fs.FileSystem");
        assertThat(fileSystems).contains("s3native.NativeS3FileSystem").contains("LocalFileSystem");
    }

    @Test
    void itsNativeLibrariesAreThoseOfLinuxAndMacOnTheUsualProcessors() {
        assertThat(names())
                .anyMatch(name -> name.matches("linux/amd64/libzstd-jni-.*\\.so"))
                .anyMatch(name -> name.matches("linux/aarch64/libzstd-jni-.*\\.so"))
                .contains("org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so")
                .contains("org/xerial/snappy/native/Linux/aarch64/libsnappyjava.so")
                .contains("org/xerial/snappy/native/Mac/aarch64/libsnappyjava.dylib")
                .noneMatch(
                        name -> name.matches("(win|freebsd|aix)/.*|org/xerial/snappy/native/(Windows|AIX|SunOS)/.*"));
    }

    /** Prints the ten largest, for whoever wants the jar smaller. */
    @Test
    void itsLargestPartIsTheLake() throws IOException {
        List<Map.Entry<String, Long>> largest =
                new FatJarParts(path, System.getProperty("java.class.path")).largest(10);
        System.out.printf("The fat jar has %.1f MB; its largest parts:%n", Files.size(path) / 1e6);
        largest.forEach(part -> System.out.printf("%6.1f MB  %s%n", part.getValue() / 1e6, part.getKey()));
        assertThat(largest.get(0).getKey()).startsWith("hudi-flink");
        assertThat(largest).hasSize(10);
    }

    @Test
    void itIsFarBelowTheServicesLimit() throws IOException {
        assertThat(Files.size(path)).isLessThan(MAX_BYTES);
    }

    private static String text(String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Set<String> names() {
        return jar.stream().map(JarEntry::getName).collect(Collectors.toCollection(TreeSet::new));
    }
}
