package io.tributary.metrics;

/**
 * Names of the job's metrics. Each is found at
 * {@code <operator scope>.kinesisanalytics.tributary.<name>}, or, where it is one table's, at
 * {@code <operator scope>.kinesisanalytics.tributary.table.<server.schema.table>.<name>}. Managed Service for Apache Flink
 * sends on to CloudWatch what is below {@code kinesisanalytics}:
 * https://docs.aws.amazon.com/managed-flink/latest/java/monitoring-metrics-custom.html - counters, gauges and meters; it has
 * nothing for histograms, so what an alarm needs is a gauge too.
 */
public final class MetricNames {
    /** The group that Managed Service for Apache Flink sends to CloudWatch. */
    public static final String SERVICE_GROUP = "kinesisanalytics";

    public static final String GROUP = "tributary";
    /** Key of the group of one table; its value is the table's full name. */
    public static final String TABLE = "table";

    /** Records that the decode operator has read, over all restarts. */
    public static final String RECORDS_READ = "recordsRead";
    /** With an operation's code after it ({@code changes.u}): changes of one table, over all restarts. */
    public static final String CHANGES = "changes.";
    /**
     * Creates of one table that came without the value of an unchanged TOAST column, since the row's key was changed: the
     * lake has null there. Over all restarts.
     */
    public static final String CREATES_WITHOUT_VALUES = "createsWithoutValues";
    /** With a reason after it ({@code skipped.tombstone}): records that carry no change, over all restarts. */
    public static final String SKIPPED = "skipped.";
    /** With a reason after it ({@code deadLetters.malformed}): records that were refused, over all restarts. */
    public static final String DEAD_LETTERS = "deadLetters.";
    /** Gauge: records that the decode operator has refused, whatever the reason, over all restarts. */
    public static final String DEAD_LETTERS_TOTAL = "deadLettersTotal";

    /** Milliseconds that the Kinesis shards of a source subtask are behind their ends: those of the one furthest behind. */
    public static final String MILLIS_BEHIND_LATEST = "millisBehindLatest";

    /** Events of one table that are in a commit, those included that a newer one of the same commit replaced. */
    public static final String APPLIED = "applied";
    /** Commits of one table. */
    public static final String COMMITS = "commits";
    /** How often one table could not be opened, written or committed. */
    public static final String FAILURES = "failures";
    /** 1 while one table cannot be opened, written or committed, else 0; of the coordinator and of each writer. */
    public static final String UNWRITABLE = "unwritable";
    /** Histogram over commits, milliseconds: the time of the commit less that of the oldest change in it. */
    public static final String FRESHNESS_MS = "freshnessMs";
    /** Gauge: the freshness of the newest commits; of several tables that of the worst. */
    public static final String LAST_FRESHNESS_MS = "lastFreshnessMs";
    /** Histogram over checkpoints with data, milliseconds: how long the commits of all its tables took together. */
    public static final String COMMIT_MS = "commitMs";
    /** Gauge: how long the newest commits took. */
    public static final String LAST_COMMIT_MS = "lastCommitMs";
    /** Tables that the lake's coordinator has open. */
    public static final String TABLES = "tables";
    /** Milliseconds since the last good heartbeat of the lake's lease; -1 while the job does not hold it. */
    public static final String LEASE_AGE_MS = "leaseAgeMs";
    /** Bytes of rows that a writer keeps for the next checkpoint, about. */
    public static final String BUFFERED_BYTES = "bufferedBytes";

    /** How often the catalogue was brought in step with one table. */
    public static final String CATALOG_SYNCS = "catalogSyncs";
    /** How often that failed; it is tried again. */
    public static final String CATALOG_FAILURES = "catalogFailures";
    /** Milliseconds since the oldest commit of one table that the catalogue does not have; 0 where it has all. */
    public static final String CATALOG_AGE_MS = "catalogAgeMs";

    private MetricNames() {}
}
