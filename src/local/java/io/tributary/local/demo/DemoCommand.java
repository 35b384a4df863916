package io.tributary.local.demo;

import io.tributary.local.cli.Arguments;
import io.tributary.local.cli.Command;
import io.tributary.local.cli.CommandException;
import io.tributary.local.cli.ExitCode;
import io.tributary.local.cli.UsageException;
import io.tributary.local.stack.FreePort;
import io.tributary.local.stack.StackFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import sun.misc.Signal;

/** {@code bin/demo}: see {@link Demo}. */
public final class DemoCommand {
    private static final String USAGE = """
            usage: bin/demo [--once] [--port P]
                   bin/demo --check
                   bin/demo --databases [--seconds N] [--divisor N] [--port P]
              --once       end when the recorded changes are committed; otherwise live changes follow until Ctrl-C
              --check      only the checks that the job makes before it starts, of the demo's own servers
              --databases  not recorded changes, but PostgreSQL and MariaDB with Debezium, until Enter or Ctrl-C; then
                           every table of the lake is compared with its database
              --seconds    how long the databases keep changing, once the lake has their first rows
              --divisor    fewer rows: 100 for a hundredth; default: 1, about 425,000 rows
              --port       of Flink's web interface; default: any free port""";

    private DemoCommand() {}

    public static void main(String[] args) {
        System.exit(Command.run(USAGE, () -> run(args)));
    }

    private static int run(String[] args) throws IOException, InterruptedException {
        Arguments arguments = Arguments.parse(
                args, Set.of("port", "seconds", "divisor"), Set.of("once", "check", "databases", "help"));
        if (arguments.has("help")) {
            System.out.println(USAGE);
            return ExitCode.OK;
        }
        if (!arguments.rest().isEmpty()) {
            throw new UsageException("bin/demo takes no " + arguments.rest().get(0));
        }
        Path lake = StackFiles.buildDirectory().resolve("demo").resolve("lake");
        Integer port = arguments.value("port").map(DemoCommand::port).orElse(null);
        return arguments.has("databases") ? databases(arguments, lake, port) : recording(arguments, lake, port);
    }

    private static int recording(Arguments arguments, Path lake, Integer port)
            throws IOException, InterruptedException {
        for (String option : List.of("seconds", "divisor")) {
            if (arguments.value(option).isPresent()) {
                throw new UsageException("--" + option + " goes with --databases only");
            }
        }
        delete(lake);
        Demo demo = new Demo(lake, arguments.has("once"), port, System.out);
        if (arguments.has("check")) {
            return demo.check() ? ExitCode.OK : ExitCode.FAILED;
        }
        endOnSignal(demo::stop);
        demo.run();
        return ExitCode.OK;
    }

    private static int databases(Arguments arguments, Path lake, Integer port)
            throws IOException, InterruptedException {
        if (arguments.has("check")) {
            throw new UsageException("--check does not go with --databases");
        }
        if (arguments.has("once")) {
            throw new UsageException("--once does not go with --databases; --seconds 0 ends after the first rows");
        }
        Integer seconds =
                arguments.value("seconds").map(text -> number("seconds", text)).orElse(null);
        int divisor = arguments
                .value("divisor")
                .map(text -> Math.max(1, number("divisor", text)))
                .orElse(1);
        delete(lake);
        Configuration flink = new Configuration();
        if (port != null) {
            flink.set(RestOptions.BIND_PORT, Integer.toString(port));
        }
        DatabasesDemo demo = new DatabasesDemo(lake, divisor, seconds, flink, System.out);
        endOnSignal(demo::stop);
        endOnEnter(demo::stop);
        return demo.run() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** The first signal ends the demo with its summary, the next one at once. */
    private static void endOnSignal(Runnable stop) {
        for (String name : List.of("INT", "TERM")) {
            Signal.handle(new Signal(name), first -> {
                stop.run();
                for (String again : List.of("INT", "TERM")) {
                    Signal.handle(new Signal(again), next -> System.exit(ExitCode.FAILED));
                }
            });
        }
    }

    /** The end of the input is no wish: it comes at once where there is no terminal. */
    private static void endOnEnter(Runnable stop) {
        Thread reader = new Thread(
                () -> {
                    try {
                        if (System.in.read() >= 0) {
                            stop.run();
                        }
                    } catch (IOException e) {
                        // then only a signal or --seconds ends the demo
                    }
                },
                "wait-for-enter");
        reader.setDaemon(true);
        reader.start();
    }

    private static int number(String option, String text) {
        if (!text.matches("\\d{1,6}")) {
            throw new UsageException("--" + option + " takes a whole number, not " + text);
        }
        return Integer.parseInt(text);
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535 || Integer.parseInt(text) == 0) {
            throw new UsageException("--port takes a number from 1 to 65535, not " + text);
        }
        int port = Integer.parseInt(text);
        if (!FreePort.isFree(port)) {
            throw new CommandException("Port " + port + " of 127.0.0.1 is taken; choose another, or leave --port out");
        }
        return port;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }
}
