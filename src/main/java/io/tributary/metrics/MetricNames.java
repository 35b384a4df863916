package io.tributary.metrics;

/**
 * Names of the job's metrics. Each is found at
 * {@code <operator scope>.kinesisanalytics.tributary.<name>}, or, where it is one table's, at
 * {@code <operator scope>.kinesisanalytics.tributary.table.<server.schema.table>.<name>}. Managed Service for Apache Flink
 * sends on to CloudWatch what is below {@code kinesisanalytics}:
 * https://docs.aws.amazon.com/managed-flink/latest/java/monitoring-metrics-custom.html
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
    /** With a reason after it ({@code skipped.tombstone}): records that carry no change, over all restarts. */
    public static final String SKIPPED = "skipped.";
    /** With a reason after it ({@code deadLetters.malformed}): records that were refused, over all restarts. */
    public static final String DEAD_LETTERS = "deadLetters.";

    private MetricNames() {}
}
