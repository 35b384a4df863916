package io.tributary.local.rebucket;

import io.tributary.debezium.TableId;
import io.tributary.lake.commit.Rebucket;
import io.tributary.lake.commit.Rebucket.Outcome;
import io.tributary.lake.lease.LeaseKeeper;
import io.tributary.local.cli.Arguments;
import io.tributary.local.cli.Command;
import io.tributary.local.cli.ExitCode;
import io.tributary.local.cli.IdleLake;
import io.tributary.local.cli.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Set;

/** {@code bin/rebucket}: gives a table of the lake another number of buckets, with the job stopped. */
public final class RebucketCommand {
    private static final String USAGE = """
            usage: bin/rebucket --lake DIR --buckets N|auto [--set Lake.KEY=VALUE]... TABLE
              DIR      the lake: a directory, or s3a://bucket/path; no job may be running on it
              N        files of each partition; auto: about one for 100 MB of the largest partition
              --set    settings that the job has too: Lake.hadoop.*, Lake.hudi.*, Lake.lease.*
              TABLE    full name (server.schema.table)""";
    /** A commit rewrites every bucket that it touches: some seconds of work for one of this size. */
    static final long BUCKET_BYTES = 100_000_000;

    private RebucketCommand() {}

    public static void main(String[] args) {
        System.exit(execute(args, System.out));
    }

    /** @return the exit code */
    static int execute(String[] args, PrintStream out) {
        return Command.run(USAGE, () -> run(args, out));
    }

    private static int run(String[] args, PrintStream out) throws Exception {
        Arguments arguments = Arguments.parse(args, Set.of("lake", "buckets", "set"), Set.of("help"));
        if (arguments.has("help")) {
            out.println(USAGE);
            return ExitCode.OK;
        }
        IdleLake lake = new IdleLake(arguments.required("lake"), arguments.settings());
        TableId table = IdleLake.table(String.join(" ", arguments.rest()).strip());
        String wanted = arguments.required("buckets");
        try (LeaseKeeper lease = lake.lease("bin/rebucket")) {
            Rebucket rebucket = new Rebucket(lake.layout(), table, lease);
            Outcome outcome = rebucket.run(buckets(wanted, rebucket));
            out.printf(
                    "%s: %d buckets, were %d; %d rows, %.1f MB written%n",
                    table, outcome.buckets(), outcome.bucketsBefore(), outcome.rows(), outcome.bytes() / 1e6);
            out.printf("start the job with Table.%s.buckets=%d%n", table, outcome.buckets());
        }
        return ExitCode.OK;
    }

    private static int buckets(String wanted, Rebucket rebucket) throws IOException {
        if (wanted.equals("auto")) {
            return (int) Math.max(1, (rebucket.bytes() + BUCKET_BYTES - 1) / BUCKET_BYTES);
        }
        if (!wanted.matches("[1-9][0-9]{0,5}")) {
            throw new UsageException("--buckets " + wanted + ": give a whole number from 1, or auto");
        }
        return Integer.parseInt(wanted);
    }
}
