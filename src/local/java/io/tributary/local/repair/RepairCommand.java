package io.tributary.local.repair;

import io.tributary.lake.commit.Repair;
import io.tributary.lake.commit.Repair.Outcome;
import io.tributary.lake.lease.LeaseKeeper;
import io.tributary.local.cli.Arguments;
import io.tributary.local.cli.Command;
import io.tributary.local.cli.ExitCode;
import io.tributary.local.cli.IdleLake;
import io.tributary.local.query.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code bin/repair}: moves a table's rescued values into the columns that exist by now, with the job stopped. */
public final class RepairCommand {
    private static final String USAGE = """
            usage: bin/repair --lake DIR [--dry-run] [--set Lake.KEY=VALUE]... TABLE
              DIR        the lake: a directory, or s3a://bucket/path; no job may be running on it
              --dry-run  only counts
              --set      settings that the job has too: Lake.hadoop.*, Lake.hudi.*, Lake.lease.*
              TABLE      full name (server.schema.table)""";

    private RepairCommand() {}

    public static void main(String[] args) {
        System.exit(execute(args, System.out));
    }

    /** @return the exit code */
    static int execute(String[] args, PrintStream out) {
        return Command.run(USAGE, () -> run(args, out));
    }

    private static int run(String[] args, PrintStream out) throws Exception {
        Arguments arguments = Arguments.parse(args, Set.of("lake", "set"), Set.of("help", "dry-run"));
        if (arguments.has("help")) {
            out.println(USAGE);
            return ExitCode.OK;
        }
        IdleLake lake = new IdleLake(arguments.required("lake"), arguments.settings());
        String table = String.join(" ", arguments.rest()).strip();
        boolean dryRun = arguments.has("dry-run");
        try (LeaseKeeper lease = lake.lease("bin/repair")) {
            Outcome outcome = new Repair(lake.layout(), IdleLake.table(table), lease).run(dryRun);
            print(table, outcome, dryRun, out);
        }
        return ExitCode.OK;
    }

    private static void print(String table, Outcome outcome, boolean dryRun, PrintStream out) {
        if (outcome.columns().isEmpty()) {
            out.println(table + ": no row has rescued values");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        outcome.columns()
                .forEach((column, counts) ->
                        rows.add(List.of(column, Long.toString(counts.moved()), Long.toString(counts.stay()))));
        out.print(new TextTable(List.of("column", dryRun ? "to move" : "moved", "stay"), rows));
        out.println(
                outcome.instant() != null
                        ? table + ": " + outcome.rows() + " rows changed, instant " + outcome.instant()
                        : table + ": nothing is written"
                                + (dryRun ? " (--dry-run), " + outcome.rows() + " rows would change" : ""));
    }
}
