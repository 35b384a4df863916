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
import java.util.Set;
import java.util.stream.Stream;
import sun.misc.Signal;

/** {@code bin/demo}: see {@link Demo}. */
public final class DemoCommand {
    private static final String USAGE = """
            usage: bin/demo [--once] [--port P]
              --once    end when the recorded changes are committed; otherwise live changes follow until Ctrl-C
              --port    of Flink's web interface; default: any free port""";

    private DemoCommand() {}

    public static void main(String[] args) {
        System.exit(Command.run(USAGE, () -> run(args)));
    }

    private static int run(String[] args) throws IOException, InterruptedException {
        Arguments arguments = Arguments.parse(args, Set.of("port"), Set.of("once", "help"));
        if (arguments.has("help")) {
            System.out.println(USAGE);
            return ExitCode.OK;
        }
        if (!arguments.rest().isEmpty()) {
            throw new UsageException("bin/demo takes no " + arguments.rest().get(0));
        }
        Path lake = StackFiles.buildDirectory().resolve("demo").resolve("lake");
        delete(lake);
        Integer port = arguments.value("port").map(DemoCommand::port).orElse(null);
        Demo demo = new Demo(lake, arguments.has("once"), port, System.out);
        Signal.handle(new Signal("INT"), signal -> end(demo));
        Signal.handle(new Signal("TERM"), signal -> end(demo));
        demo.run();
        return ExitCode.OK;
    }

    /** The first signal ends the demo with its summary, the next one at once. */
    private static void end(Demo demo) {
        demo.stop();
        Signal.handle(new Signal("INT"), again -> System.exit(ExitCode.FAILED));
        Signal.handle(new Signal("TERM"), again -> System.exit(ExitCode.FAILED));
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
