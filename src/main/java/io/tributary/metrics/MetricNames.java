package io.tributary.metrics;

import io.tributary.metrics.Described.Kind;
import io.tributary.metrics.Described.Scope;

/**
 * Names of the job's metrics. Each is found at
 * {@code <operator scope>.kinesisanalytics.tributary.<name>}, or, where it is one table's, at
 * {@code <operator scope>.kinesisanalytics.tributary.table.<server.schema.table>.<name>}, one topic's at {@code
 * ...tributary.topic.<topic>.<name>}. Managed Service for Apache Flink sends on to CloudWatch what is below
 * {@code kinesisanalytics}: https://docs.aws.amazon.com/managed-flink/latest/java/monitoring-metrics-custom.html -
 * counters, gauges and meters; it has nothing for histograms, so what an alarm needs is a gauge too.
 */
public final class MetricNames {
    /** The group that Managed Service for Apache Flink sends to CloudWatch. */
    public static final String SERVICE_GROUP = "kinesisanalytics";

    public static final String GROUP = "tributary";
    /** Key of the group of one table; its value is the table's full name. */
    public static final String TABLE = "table";
    /** Key of the group of one topic or stream; its value is the name. */
    public static final String TOPIC = "topic";

    private static final String SOURCE = "source";
    private static final String DECODE = "decode";
    private static final String WRITER = "lake-writer";
    private static final String COORDINATOR = "lake-writer (coordinator)";

    @Described(
            operator = SOURCE,
            kind = Kind.GAUGE,
            scopes = Scope.OPERATOR,
            unit = "ms",
            text =
                    "Kinesis: how far the shards of a subtask are behind their ends, that of the one furthest behind. For"
                            + " Kafka see Flink's own `records-lag-max`.")
    public static final String MILLIS_BEHIND_LATEST = "millisBehindLatest";

    @Described(
            operator = DECODE,
            kind = Kind.COUNTER,
            scopes = Scope.OPERATOR,
            unit = "records",
            text =
                    "Read, whatever became of them. Exact over restarts: read = `changes` + `skipped` + `deadLetters`, a moved"
                            + " key being one record.")
    public static final String RECORDS_READ = "recordsRead";

    @Described(
            operator = DECODE,
            kind = Kind.COUNTER,
            scopes = Scope.TABLE,
            unit = "records",
            suffix = "<op>",
            text =
                    "Changes by Debezium's operation: `c`, `u`, `d`, `r` (snapshot), `t` (truncate). Exact over restarts.")
    public static final String CHANGES = "changes.";

    @Described(
            operator = DECODE,
            kind = Kind.COUNTER,
            scopes = Scope.TABLE,
            unit = "records",
            text =
                    "Creates that came without the value of an unchanged TOAST column, since the row's key was changed: the"
                            + " lake has null there. Exact over restarts.")
    public static final String CREATES_WITHOUT_VALUES = "createsWithoutValues";

    @Described(
            operator = DECODE,
            kind = Kind.COUNTER,
            scopes = Scope.TABLE,
            unit = "bytes",
            text = "Keys and values of the messages that were changes of the table, as they came. Exact over restarts.")
    public static final String BYTES_READ = "bytesRead";

    @Described(
            operator = DECODE,
            kind = Kind.GAUGE,
            scopes = Scope.TABLE,
            unit = "ms",
            text =
                    "How far the job is behind the source: age (by the source's `ts_ms`) of the newest change when it was"
                            + " decoded. It stays as it is while the table has no changes. MySQL and MariaDB have whole seconds.")
    public static final String LAG_MS = "lagMs";

    @Described(
            operator = DECODE,
            kind = Kind.COUNTER,
            scopes = Scope.OPERATOR,
            unit = "records",
            suffix = "<reason>",
            text = "Carry no change, as it should be: `tombstone`, `heartbeat`, `schema-change`, `transaction`,"
                    + " `truncate-ignored` ... Exact over restarts.")
    public static final String SKIPPED = "skipped.";

    @Described(
            operator = DECODE,
            kind = Kind.COUNTER,
            scopes = Scope.TOPIC,
            unit = "records",
            text = "Of one topic, all reasons of `skipped` together. Exact over restarts.")
    public static final String TOPIC_SKIPPED = "skippedRecords";

    @Described(
            operator = DECODE + ", " + WRITER,
            kind = Kind.COUNTER,
            scopes = {Scope.OPERATOR, Scope.TABLE},
            unit = "records",
            suffix = "<reason>",
            text =
                    "Refused, by reason: `unknown-format`, `schema-not-found`, `malformed`, `no-key` ..., exact over restarts;"
                            + " of the writer, by table, only `unwritable-table`, since the start.")
    public static final String DEAD_LETTERS = "deadLetters.";

    @Described(
            operator = DECODE,
            kind = Kind.COUNTER,
            scopes = Scope.TOPIC,
            unit = "records",
            text = "Of one topic, all reasons together. Exact over restarts.")
    public static final String TOPIC_DEAD_LETTERS = "deadLetterRecords";

    @Described(
            operator = DECODE,
            kind = Kind.GAUGE,
            scopes = Scope.OPERATOR,
            unit = "records",
            text = "All reasons of `deadLetters` together, for an alarm. Exact over restarts.")
    public static final String DEAD_LETTERS_TOTAL = "deadLettersTotal";

    @Described(
            operator = DECODE,
            kind = Kind.GAUGE,
            scopes = Scope.OPERATOR,
            unit = "calls",
            text =
                    "Questions to the schema registry since the subtask's start: everything that the caches did not know. It"
                            + " stands still once all schemas are known; it grows with each record if something is never found.")
    public static final String REGISTRY_CALLS = "registryCalls";

    @Described(
            operator = WRITER,
            kind = Kind.GAUGE,
            scopes = Scope.OPERATOR,
            unit = "bytes",
            text = "Rows that wait for the next checkpoint, about. `Lake.writer.memory` is the limit.")
    public static final String BUFFERED_BYTES = "bufferedBytes";

    @Described(
            operator = WRITER,
            kind = Kind.GAUGE,
            scopes = Scope.OPERATOR,
            unit = "files",
            text =
                    "Files of partitioned tables whose keys were read since the subtask's start, to know which partition may"
                            + " have a row: each once. It goes on growing where `Lake.key.filter.memory` is too small.")
    public static final String KEY_READS = "keyReads";

    @Described(
            operator = COORDINATOR,
            kind = Kind.COUNTER,
            scopes = Scope.TABLE,
            unit = "records",
            text = "Changes that are in a commit, those included that a newer one of the same commit replaced.")
    public static final String APPLIED = "applied";

    @Described(
            operator = COORDINATOR,
            kind = Kind.COUNTER,
            scopes = Scope.TABLE,
            unit = "commits",
            text = "Commits; at most one for each checkpoint.")
    public static final String COMMITS = "commits";

    @Described(
            operator = COORDINATOR,
            kind = Kind.COUNTER,
            scopes = Scope.TABLE,
            unit = "times",
            text = "How often the table could not be opened, written or committed. The log says why.")
    public static final String FAILURES = "failures";

    @Described(
            operator = COORDINATOR + ", " + WRITER,
            kind = Kind.GAUGE,
            scopes = Scope.TABLE,
            unit = "0 or 1",
            text = "1 while the table cannot be opened, written or committed; of the one that has found out.")
    public static final String UNWRITABLE = "unwritable";

    @Described(
            operator = COORDINATOR,
            kind = Kind.HISTOGRAM,
            scopes = {Scope.OPERATOR, Scope.TABLE},
            unit = "ms",
            text =
                    "Freshness: the time of a commit less the `ts_ms` of the oldest change in it. Newest 4,096 commits of all"
                            + " tables, newest 256 of one.")
    public static final String FRESHNESS_MS = "freshnessMs";

    @Described(
            operator = COORDINATOR,
            kind = Kind.GAUGE,
            scopes = Scope.OPERATOR,
            unit = "ms",
            text = "Freshness of the newest checkpoint's commits, that of the worst.")
    public static final String LAST_FRESHNESS_MS = "lastFreshnessMs";

    @Described(
            operator = COORDINATOR,
            kind = Kind.GAUGE,
            scopes = Scope.TABLE,
            unit = "ms",
            text = "Freshness of the table's newest commit, however long ago that was.")
    public static final String TABLE_FRESHNESS_MS = "tableFreshnessMs";

    @Described(
            operator = COORDINATOR,
            kind = Kind.HISTOGRAM,
            scopes = Scope.OPERATOR,
            unit = "ms",
            text =
                    "How long the commits of a checkpoint took, of all its tables together; checkpoints without data are left"
                            + " out. Newest 4,096.")
    public static final String COMMIT_MS = "commitMs";

    @Described(
            operator = COORDINATOR,
            kind = Kind.GAUGE,
            scopes = Scope.OPERATOR,
            unit = "ms",
            text = "How long the newest checkpoint's commits took, of all its tables together.")
    public static final String LAST_COMMIT_MS = "lastCommitMs";

    @Described(
            operator = COORDINATOR,
            kind = Kind.GAUGE,
            scopes = Scope.TABLE,
            unit = "ms",
            text = "How long the table's newest commit took.")
    public static final String TABLE_COMMIT_MS = "tableCommitMs";

    @Described(
            operator = COORDINATOR,
            kind = Kind.COUNTER,
            scopes = Scope.TABLE,
            unit = "files",
            text =
                    "Base files in commits. Divided by `commits`: files of a commit, one for each bucket and partition that"
                            + " got a row.")
    public static final String FILES_WRITTEN = "filesWritten";

    @Described(
            operator = COORDINATOR,
            kind = Kind.COUNTER,
            scopes = Scope.TABLE,
            unit = "bytes",
            text = "Size of the base files in commits.")
    public static final String BYTES_WRITTEN = "bytesWritten";

    @Described(
            operator = COORDINATOR,
            kind = Kind.GAUGE,
            scopes = Scope.TABLE,
            unit = "rows per row",
            text =
                    "Rewrite amplification of the newest commit: rows in its files per row that was new, changed or deleted."
                            + " [Sizing](sizing.md) says what to do about a large one.")
    public static final String REWRITE_AMPLIFICATION = "rewriteAmplification";

    @Described(
            operator = COORDINATOR,
            kind = Kind.GAUGE,
            scopes = Scope.TABLE,
            unit = "ms",
            text =
                    "Age of the oldest instant that is inflight for this job, 0 for none: mostly younger than two checkpoints.")
    public static final String INFLIGHT_MS = "inflightMs";

    @Described(
            operator = COORDINATOR,
            kind = Kind.GAUGE,
            scopes = Scope.OPERATOR,
            unit = "ms",
            text =
                    "Time since the newest complete checkpoint, or since the job's start. Nothing gets into the lake without.")
    public static final String CHECKPOINT_AGE_MS = "checkpointAgeMs";

    @Described(
            operator = COORDINATOR,
            kind = Kind.GAUGE,
            scopes = Scope.OPERATOR,
            unit = "tables",
            text = "Tables that are open.")
    public static final String TABLES = "tables";

    @Described(
            operator = COORDINATOR,
            kind = Kind.GAUGE,
            scopes = Scope.OPERATOR,
            unit = "ms",
            text = "Time since the last good heartbeat of the lake's lease; -1 while the job does not hold it.")
    public static final String LEASE_AGE_MS = "leaseAgeMs";

    @Described(
            operator = COORDINATOR,
            kind = Kind.COUNTER,
            scopes = Scope.TABLE,
            unit = "times",
            text = "How often the catalogue was brought in step with the table.")
    public static final String CATALOG_SYNCS = "catalogSyncs";

    @Described(
            operator = COORDINATOR,
            kind = Kind.COUNTER,
            scopes = Scope.TABLE,
            unit = "times",
            text = "How often that failed; it is tried again.")
    public static final String CATALOG_FAILURES = "catalogFailures";

    @Described(
            operator = COORDINATOR,
            kind = Kind.GAUGE,
            scopes = Scope.TABLE,
            unit = "ms",
            text = "Time since the oldest commit that the catalogue does not have; 0 where it has all.")
    public static final String CATALOG_AGE_MS = "catalogAgeMs";

    private MetricNames() {}
}
