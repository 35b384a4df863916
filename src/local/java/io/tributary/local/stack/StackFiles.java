package io.tributary.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Finds what the build put under {@code target/stack}: the servers' archives. The system property
 * {@value #DIRECTORY_PROPERTY} names another place; without it the directory beside that of the compiled classes counts.
 */
public final class StackFiles {
    public static final String DIRECTORY_PROPERTY = "tributary.stack.dir";

    private StackFiles() {}

    /** @return the directory of the stack, which may not exist */
    public static Path directory() {
        String configured = System.getProperty(DIRECTORY_PROPERTY);
        return configured != null
                ? Path.of(configured).toAbsolutePath()
                : buildDirectory().resolve("stack");
    }

    /** @return the build's output directory ({@code target}) */
    public static Path buildDirectory() {
        try {
            return Path.of(StackFiles.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath()
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot tell where the compiled classes are", e);
        }
    }

    /**
     * @param folder a folder of the stack
     * @param glob matches the file's name
     * @return the file
     * @throws IllegalStateException where there is no such file; the message says how to get it
     */
    public static Path find(String folder, String glob) {
        Path directory = directory().resolve(folder);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                return files.filter(file -> matcher.matches(file.getFileName()))
                        .max(Comparator.naturalOrder())
                        .orElseThrow(() -> missing(directory, glob));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot list " + directory, e);
            }
        }
        throw missing(directory, glob);
    }

    private static IllegalStateException missing(Path directory, String glob) {
        return new IllegalStateException("No file " + glob + " in " + directory
                + ": the local stack is not unpacked yet." + " Run: mvn -DskipTests test-compile (or set -D"
                + DIRECTORY_PROPERTY + " to the place of target/stack)");
    }
}
