package io.tributary.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** What the fat jar is made of: bytes in the jar, by the artifact that they came with. */
final class FatJarParts {
    private final Map<String, Long> bytes = new TreeMap<>();

    /** Tells entries by their names, which is why the class path has to be the one that the jar was made from. */
    FatJarParts(Path fatJar, String classPath) throws IOException {
        Map<String, Long> left = new HashMap<>();
        try (JarFile jar = new JarFile(fatJar.toFile())) {
            jar.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> left.put(entry.getName(), size(entry)));
        }
        for (String element : classPath.split(File.pathSeparator)) {
            if (element.endsWith(".jar") && Files.exists(Path.of(element))) {
                try (JarFile artifact = new JarFile(element)) {
                    artifact.stream()
                            .map(entry -> left.remove(entry.getName()))
                            .filter(size -> size != null)
                            .forEach(size -> bytes.merge(name(element), size, Long::sum));
                }
            }
        }
        left.values().forEach(size -> bytes.merge("tributary itself, and merged files", size, Long::sum));
    }

    private static long size(JarEntry entry) {
        return Math.max(0, entry.getCompressedSize());
    }

    private static String name(String element) {
        return Path.of(element).getFileName().toString().replaceFirst("\\.jar$", "");
    }

    /** @return the largest ones, largest first */
    List<Map.Entry<String, Long>> largest(int count) {
        return bytes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(count)
                .toList();
    }
}
