package io.tributary.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Group {@code Lake}: where the tables are and how they are written. */
public final class LakeOptions {
    public static final String GROUP = "Lake";

    /** What a truncate of a source table does. */
    public enum TruncatePolicy {
        APPLY("apply"),
        IGNORE("ignore"),
        FAIL("fail");

        private final String text;

        TruncatePolicy(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What becomes of a table whose rows change their columns. */
    public enum EvolutionPolicy {
        EVOLVE("evolve"),
        LENIENT("lenient"),
        IGNORE("ignore"),
        EXCEPTION("exception");

        private final String text;

        EvolutionPolicy(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Where the rows of a table go that cannot be written for now. */
    public enum UnwritablePolicy {
        HOLD("hold"),
        DEAD_LETTER("dead-letter");

        private final String text;

        UnwritablePolicy(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What a delete does to the stored row. */
    public enum DeleteMode {
        SOFT("soft"),
        HARD("hard");

        private final String text;

        DeleteMode(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Required
    public static final ConfigOption<String> PATH = ConfigOptions.key("path")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Directory of the lake: `file://`, `s3a://` or `s3://` (taken as `s3a://`). Each table is a"
                            + " directory below it, named `server.schema.table`.");

    public static final ConfigOption<DeleteMode> DELETE_MODE = ConfigOptions.key("delete.mode")
            .enumType(DeleteMode.class)
            .defaultValue(DeleteMode.SOFT)
            .withDescription(
                    "`soft` keeps a deleted row with its last values, `__op=d` and `__deleted=\"true\"`; `hard`"
                            + " removes it. Only a soft delete keeps an older event that arrives later from bringing the row back.");

    public static final ConfigOption<TruncatePolicy> TRUNCATE = ConfigOptions.key("truncate")
            .enumType(TruncatePolicy.class)
            .defaultValue(TruncatePolicy.APPLY)
            .withDescription(
                    "`apply` deletes, as `delete.mode` says, every row of the table that is older than the truncate;"
                            + " `ignore` counts and skips it; `fail` stops the job.");

    public static final ConfigOption<EvolutionPolicy> SCHEMA_EVOLUTION = ConfigOptions.key("schema.evolution")
            .enumType(EvolutionPolicy.class)
            .defaultValue(EvolutionPolicy.LENIENT)
            .withDescription(
                    "What happens when the columns of a table's rows change. `lenient` adds columns and widens types;"
                            + " values of a type that its column cannot take go to `__rescued_data`; `evolve` gives them a"
                            + " column of their own instead, `<column>__<type>`; `ignore` leaves the table as it is, and"
                            + " keeps what has no place in it in `__rescued_data`; `exception` stops the job.");

    public static final ConfigOption<UnwritablePolicy> UNWRITABLE_TABLE = ConfigOptions.key("unwritable.table")
            .enumType(UnwritablePolicy.class)
            .defaultValue(UnwritablePolicy.HOLD)
            .withDescription(
                    "Where the rows of a table go that cannot be written (its directory, its properties, its timeline, its"
                            + " key): `hold` keeps them in the job's state, within `writer.memory`, until it can be;"
                            + " `dead-letter` sends them there (`unwritable-table`), which costs the shuffle the whole"
                            + " message. The table is tried again with each checkpoint; the other tables go on.");

    @Range(min = 1)
    public static final ConfigOption<Integer> BUCKETS = ConfigOptions.key("buckets")
            .intType()
            .defaultValue(4)
            .withDescription(
                    "Files (buckets) per partition of a new table; `bin/rebucket` changes an existing one. A commit rewrites every"
                            + " bucket it touches: one for small tables, about one per 100 MB for large ones.");

    @Range(min = 1)
    public static final ConfigOption<Duration> RETENTION = ConfigOptions.key("retention")
            .durationType()
            .defaultValue(Duration.ofHours(1))
            .withDescription("How long older versions of a table's files are kept, for queries that run and for time"
                    + " travel: as many commits as checkpoints fit into it, from 10 to 500. Storage is the table's size"
                    + " times the commits that touch each bucket in so long.");

    public static final ConfigOption<MemorySize> WRITER_MEMORY = ConfigOptions.key("writer.memory")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(256))
            .withDescription(
                    "Memory for rows that wait for the next checkpoint, per writer subtask, all tables together."
                            + " When it is full, the largest table is written early.");

    public static final ConfigOption<MemorySize> KEY_FILTER_MEMORY = ConfigOptions.key("key.filter.memory")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(64))
            .withDescription(
                    "Memory for what tells which partitions of partitioned tables do not hold a key, per writer subtask: 2.4"
                            + " bytes a row. Of rows beyond that the keys are read at each checkpoint that touches their bucket.");

    @Range(min = 1, max = 64)
    public static final ConfigOption<Integer> WRITER_THREADS = ConfigOptions.key("writer.threads")
            .intType()
            .defaultValue(16)
            .withDescription(
                    "Files that a writer subtask writes at the same time, of all tables, as long as they are small: then it"
                            + " is requests to S3 that are waited for. Large ones are written one after the other.");

    @Range(min = 2_000, max = 600_000)
    public static final ConfigOption<Duration> LEASE_DURATION = ConfigOptions.key("lease.duration")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription(
                    "A lake has one writer at a time: it holds a lease, a file in `_lease` below `path` that it writes again"
                            + " five times in this time. After so long without that, another job may take over.");

    @PassThrough(
            name = "<option>",
            description =
                    "Options of Hudi for every table, e.g. `hudi.hoodie.parquet.max.file.size`; they win over what"
                            + " Tributary sets.")
    public static final String HUDI_PREFIX = "hudi.";

    @PassThrough(name = "<setting>", description = "Settings of Hadoop's file systems, e.g. `hadoop.fs.s3a.endpoint`.")
    public static final String HADOOP_PREFIX = "hadoop.";

    private LakeOptions() {}
}
