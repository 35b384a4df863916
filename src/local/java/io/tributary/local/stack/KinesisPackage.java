package io.tributary.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The npm package {@code kinesis-local} under {@code target/stack/kinesis}: npm brings it at the first use, in the version
 * and with the checksum of this project's lock file; later uses need no network.
 */
final class KinesisPackage {
    private static final String RESOURCES = "/kinesis/";
    private static final String[] FILES = {"package.json", "package-lock.json", "guard.js"};
    private static final long INSTALL_MINUTES = 5;

    private KinesisPackage() {}

    /** @return what is missing on this machine, for people; empty where nothing is */
    static Optional<String> missing() {
        String program = !isOnPath("node") ? "node" : !isInstalled() && !isOnPath("npm") ? "npm" : null;
        return Optional.ofNullable(program)
                .map(name ->
                        "No program `" + name + "` on the PATH: the local Kinesis is the npm package kinesis-local,"
                                + " which needs Node.js 18 or newer and, once, npm and its registry");
    }

    /** @return the directory with the server's {@code main.js} */
    static Path server() {
        return directory().resolve("node_modules").resolve("kinesis-local");
    }

    /** @return the script that node loads before the server */
    static Path guard() {
        return directory().resolve("guard.js");
    }

    /** Installs what is not there yet; one process at a time. */
    static void install() {
        Path lock = directory().resolve(".lock");
        try {
            Files.createDirectories(directory());
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                for (String file : FILES) {
                    try (InputStream in = KinesisPackage.class.getResourceAsStream(RESOURCES + file)) {
                        Files.copy(in, directory().resolve(file), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
                if (!isInstalled()) {
                    npmCi();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot install kinesis-local in " + directory(), e);
        }
    }

    private static void npmCi() throws IOException {
        Path log = directory().resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                npm.destroyForcibly();
                throw new IllegalStateException(
                        "npm ci did not end within " + INSTALL_MINUTES + " minutes; see " + log);
            }
        } catch (InterruptedException e) {
            npm.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while npm installed kinesis-local", e);
        }
        if (npm.exitValue() != 0 || !isInstalled()) {
            throw new IllegalStateException(
                    "npm ci ended with " + npm.exitValue() + " in " + directory() + ":\n" + Files.readString(log));
        }
    }

    private static boolean isInstalled() {
        return Files.exists(server().resolve("main.js"));
    }

    private static Path directory() {
        return StackFiles.directory().resolve("kinesis");
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(java.io.File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
