package io.tributary.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** A server in a process of its own, most often a JVM, that is a child of this one and ends with it. */
public final class ServerProcess {
    private static final int LOG_TAIL = 4_000;
    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * Becomes the program, and leaves a child behind that ends it when standard input does: {@link ParentGuard}'s part.
     * The child looks whether it still is the program's child: the number of one that has ended may be another's by now.
     */
    private static final String PROGRAM_GUARD = """
            signal=$1; shift; exec 3<&0 </dev/null
            (cat <&3 >/dev/null; read -r _ _ _ parent _ </proc/self/stat; [ "$parent" = $$ ] && kill -"$signal" $$) &
            exec "$@" 3<&-""";

    private final String name;
    private final Path log;
    private final Process process;
    private final boolean endsWithInput;
    private final Thread hook;

    private ServerProcess(String name, Path log, Process process, boolean endsWithInput) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.endsWithInput = endsWithInput;
        this.hook = new Thread(process::destroyForcibly, "stop-" + name);
    }

    /**
     * Starts the jar's main class in a JVM of its own.
     *
     * @param directory the process's working directory, for its log too
     */
    static ServerProcess start(String name, Path jar, Path directory, List<String> jvmOptions, List<String> arguments) {
        try {
            return start(name, jar.toString(), mainClass(jar), directory, Map.of(), jvmOptions, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + " from " + jar, e);
        }
    }

    /**
     * Starts a main class in a JVM of its own.
     *
     * @param name of the process, and of its log file: {@code name.log}
     * @param directory the process's working directory, for its log too
     * @param environment on top of this process's own
     */
    public static ServerProcess start(
            String name,
            String classPath,
            String mainClass,
            Path directory,
            Map<String, String> environment,
            List<String> jvmOptions,
            List<String> arguments) {
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(jvmOptions);
            command.add("-cp");
            command.add(guardClasses(directory) + java.io.File.pathSeparator + classPath);
            command.add(ParentGuard.class.getName());
            command.add(mainClass);
            command.addAll(arguments);
            return launch(name, directory, environment, command, false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + " (" + mainClass + ")", e);
        }
    }

    /**
     * Starts a program that is no JVM; it has to end by itself when its standard input does.
     *
     * @param name of the process, and of its log file: {@code name.log}
     * @param directory the process's working directory, for its log too
     * @param environment on top of this process's own
     */
    static ServerProcess start(String name, List<String> command, Path directory, Map<String, String> environment) {
        try {
            return launch(name, directory, environment, command, false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + " (" + command.get(0) + ")", e);
        }
    }

    /**
     * Starts a program that knows nothing of its standard input, and ends it with a signal where that ends.
     *
     * @param directory the process's working directory, for its log too
     * @param endSignal what makes it end in good order, e.g. {@code TERM}
     * @param program its path, and its arguments
     */
    static ServerProcess startProgram(String name, Path directory, String endSignal, List<String> program) {
        try {
            List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", PROGRAM_GUARD, "guard", endSignal));
            command.addAll(program);
            return launch(name, directory, Map.of(), command, true);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + " (" + program.get(0) + ")", e);
        }
    }

    private static ServerProcess launch(
            String name, Path directory, Map<String, String> environment, List<String> command, boolean endsWithInput)
            throws IOException {
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        ServerProcess server = new ServerProcess(name, log, builder.start(), endsWithInput);
        Runtime.getRuntime().addShutdownHook(server.hook);
        return server;
    }

    /** Waits until an address answers with a status below 400; fails when the process ends before. */
    public void awaitReady(URI address, Duration timeout) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        awaitReady(address.toString(), () -> answers(client, request), timeout);
    }

    /** As {@link #awaitReady(URI, Duration)}, with a question of the caller's own in place of HTTP's. */
    void awaitReady(String address, BooleanSupplier answers, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!answers.getAsBoolean()) {
            if (!process.isAlive()) {
                throw failed("ended with exit code " + process.exitValue() + " before it answered at " + address);
            }
            if (System.nanoTime() > deadline) {
                RuntimeException failure = failed("did not answer at " + address + " within " + timeout);
                stop();
                throw failure;
            }
            pause();
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Ends the process and waits for it. */
    public void stop() {
        ShutdownHooks.remove(hook);
        if (endsWithInput) {
            closeInput();
        } else {
            process.destroy();
        }
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process at once, as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        ShutdownHooks.remove(hook);
        process.destroyForcibly().onExit().join();
    }

    /**
     * Waits until the process has ended by itself.
     *
     * @return its exit code
     * @throws IllegalStateException where it runs on; it is ended then
     */
    public int awaitExit(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                RuntimeException failure = failed("did not end within " + timeout);
                stop();
                throw failure;
            }
            ShutdownHooks.remove(hook);
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** As {@link #awaitExit}; an exit code other than 0 fails with the end of the log. */
    void requireSuccess(Duration timeout) {
        int code = awaitExit(timeout);
        if (code != 0) {
            throw failed("ended with exit code " + code);
        }
    }

    /** @return what the process has written so far, both of its outputs */
    public String output() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what " + name + " has written to " + log, e);
        }
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
    }

    private IllegalStateException failed(String what) {
        return new IllegalStateException(
                "The local " + name + " (pid " + process.pid() + ") " + what + ". The end of its log:\n" + logTail());
    }

    String logTail() {
        try {
            String text = Files.readString(log, StandardCharsets.UTF_8);
            return text.substring(Math.max(0, text.length() - LOG_TAIL));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    private boolean answers(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 400;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private IllegalStateException interrupted(InterruptedException cause) {
        stop();
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while waiting for the local " + name, cause);
    }

    /** The guard alone in a directory: this project's other classes and resources are none of the server's business. */
    private static Path guardClasses(Path directory) throws IOException {
        String file = ParentGuard.class.getName().replace('.', '/') + ".class";
        Path root = directory.resolve("guard");
        Path target = root.resolve(file);
        if (!Files.exists(target)) {
            Files.createDirectories(target.getParent());
            try (InputStream in = ParentGuard.class.getClassLoader().getResourceAsStream(file)) {
                Files.copy(in, target);
            }
        }
        return root;
    }

    private static String mainClass(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        }
    }
}
