package io.tributary.local.query;

import io.tributary.local.cli.Arguments;
import io.tributary.local.cli.Command;
import io.tributary.local.cli.ExitCode;
import io.tributary.local.cli.UsageException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code bin/query}: prints a table of the lake, or the answer to a statement. */
public final class QueryCommand {
    private static final String HADOOP = "Lake.hadoop.";
    private static final String USAGE = """
            usage: bin/query --lake DIR [--as-of T] [--since T [--until T]] [--deleted] [--format table|csv|json] [--meta]
                             [--set Lake.hadoop.KEY=VALUE]... TABLE or SQL
                   bin/query --lake DIR --history KEY [--meta] [--format F] TABLE
                   bin/query --lake DIR --show tables | --show commits|schema|files TABLE
              DIR      the lake: a directory, or s3a://bucket/path
              T        a Hudi instant (yyyyMMddHHmmssSSS) or an ISO time (UTC where it has no offset)
              TABLE    full name (server.schema.table) or its last part; in SQL the last part, schema_table if ambiguous
              --as-of  the state at T;  --since, --until  rows last written after T, and the state at the second T
              --deleted  also softly deleted rows;  --meta  also the columns that Hudi and the job add
              --history  the versions of one row, as far as the cleaner keeps them; KEY is its value, or its values with commas
              --show   the tables in figures; a table's timeline, columns or files""";

    private QueryCommand() {}

    public static void main(String[] args) {
        System.exit(execute(args, System.out));
    }

    /** @return the exit code */
    static int execute(String[] args, PrintStream out) {
        return Command.run(USAGE, () -> run(args, out));
    }

    private static int run(String[] args, PrintStream out) throws IOException {
        Arguments arguments = Arguments.parse(
                args,
                Set.of("lake", "as-of", "since", "until", "history", "show", "format", "set"),
                Set.of("deleted", "meta", "help"));
        if (arguments.has("help")) {
            out.println(USAGE);
            return ExitCode.OK;
        }
        OutputFormat format = OutputFormat.of(arguments.value("format").orElse("table"));
        LakeQuery lake = new LakeQuery(arguments.required("lake"), hadoopSettings(arguments.settings()));
        QueryResult result = result(lake, arguments);
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        format.write(result, writer);
        writer.flush();
        return ExitCode.OK;
    }

    private static QueryResult result(LakeQuery lake, Arguments arguments) {
        String what = String.join(" ", arguments.rest()).strip();
        Optional<Show> show = arguments.value("show").map(Show::of);
        Optional<String> key = arguments.value("history");
        ReadOptions options = options(arguments);
        if (show.isPresent() && show.get() == Show.TABLES && what.isEmpty()) {
            return lake.show(Show.TABLES, null, options);
        }
        if (what.isEmpty()) {
            throw new UsageException(
                    "A table" + (show.isPresent() || key.isPresent() ? "" : " or an SQL statement") + " is missing");
        }
        if (show.isPresent()) {
            return lake.show(show.get(), what, options);
        }
        if (key.isPresent()) {
            return lake.history(what, key.get(), options.meta());
        }
        return what.matches("\\S+") ? lake.table(what, options) : lake.sql(what, options);
    }

    private static ReadOptions options(Arguments arguments) {
        boolean asOf = arguments.value("as-of").isPresent();
        boolean until = arguments.value("until").isPresent();
        if (until && arguments.value("since").isEmpty()) {
            throw new UsageException("--until goes with --since; for the state at a time write --as-of");
        }
        if (until && asOf) {
            throw new UsageException("--as-of and --until both name the end; write one of them");
        }
        return new ReadOptions(
                arguments.value(until ? "until" : "as-of").orElse(null),
                arguments.value("since").orElse(null),
                arguments.has("deleted"),
                arguments.has("meta"));
    }

    private static Map<String, String> hadoopSettings(Map<String, String> settings) {
        Map<String, String> hadoop = new TreeMap<>();
        settings.forEach((key, value) -> {
            if (!key.startsWith(HADOOP)) {
                throw new UsageException("--set " + key + " means nothing here; known: " + HADOOP + "*");
            }
            hadoop.put(key.substring(HADOOP.length()), value);
        });
        return hadoop;
    }
}
