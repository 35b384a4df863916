package io.tributary.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A temporary directory that is removed on close, and at the latest when this JVM ends. */
public final class WorkDirectory implements AutoCloseable {
    private final Path path;
    private final Thread hook;

    private WorkDirectory(Path path) {
        this.path = path;
        this.hook = new Thread(() -> delete(path), "remove-" + path.getFileName());
    }

    /** @param purpose part of the directory's name */
    public static WorkDirectory create(String purpose) {
        try {
            WorkDirectory directory = new WorkDirectory(Files.createTempDirectory("tributary-" + purpose + "-"));
            Runtime.getRuntime().addShutdownHook(directory.hook);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a temporary directory for " + purpose, e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        ShutdownHooks.remove(hook);
        delete(path);
    }

    private static void delete(Path root) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException cause) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException cause) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException gone) {
            // the aim is reached
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + root, e);
        }
    }
}
