package io.tributary.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Groups {@code Aggregate.<name>}: figures of one table by group and window, sent to a topic. */
public final class AggregateOptions {
    public static final String GROUP = "Aggregate";

    /** How event time is cut. */
    public enum Window {
        SLIDING("sliding"),
        TUMBLING("tumbling"),
        TOTAL("total");

        private final String text;

        Window(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** How the figures are written. */
    public enum OutputFormat {
        JSON("json"),
        AVRO("avro");

        private final String text;

        OutputFormat(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What a restart does to figures that were sent since the last checkpoint. */
    public enum Delivery {
        AT_LEAST_ONCE("at-least-once"),
        EXACTLY_ONCE("exactly-once");

        private final String text;

        Delivery(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Required
    public static final ConfigOption<String> TABLE = ConfigOptions.key("table")
            .stringType()
            .noDefaultValue()
            .withDescription("Full name of the table whose rows are added up: `server.schema.table`.");

    public static final ConfigOption<String> GROUP_BY = ConfigOptions.key("group.by")
            .stringType()
            .defaultValue("")
            .withDescription("Columns that make up the group, separated by commas; `alias.column` for a column of a"
                    + " dimension. Empty: one group for all rows.");

    @Required
    public static final ConfigOption<String> AMOUNT = ConfigOptions.key("amount")
            .stringType()
            .noDefaultValue()
            .withDescription("Column that is added up: a number, or text that holds one. Null counts as an order of 0,"
                    + " as in SQL.");

    public static final ConfigOption<String> QUANTITY = ConfigOptions.key("quantity")
            .stringType()
            .noDefaultValue()
            .withDescription("Second column that is added up; without it the figures have no `quantity`.");

    public static final ConfigOption<String> TIME = ConfigOptions.key("time")
            .stringType()
            .defaultValue("source.ts_ms")
            .withDescription("Column with the event time (timestamp, date or text), or `source.ts_ms`: when the"
                    + " database made the change.");

    public static final ConfigOption<String> TIME_FORMAT = ConfigOptions.key("time.format")
            .stringType()
            .noDefaultValue()
            .withDescription("Pattern of a text column with the event time, as `java.time.format.DateTimeFormatter`"
                    + " has it, e.g. `M/d/yyyy HH:mm:ss`. Default: ISO 8601.");

    public static final ConfigOption<String> TIME_ZONE = ConfigOptions.key("time.zone")
            .stringType()
            .defaultValue("UTC")
            .withDescription("Zone of dates and of texts that name none.");

    public static final ConfigOption<Window> WINDOW = ConfigOptions.key("window")
            .enumType(Window.class)
            .defaultValue(Window.SLIDING)
            .withDescription("`sliding`, `tumbling`, or `total`: one running figure per group.");

    public static final ConfigOption<Duration> WINDOW_SIZE = ConfigOptions.key("window.size")
            .durationType()
            .defaultValue(Duration.ofMinutes(10))
            .withDescription("Length of a window. Windows are aligned to 1970-01-01T00:00:00Z.");

    public static final ConfigOption<Duration> WINDOW_SLIDE = ConfigOptions.key("window.slide")
            .durationType()
            .defaultValue(Duration.ofMinutes(5))
            .withDescription("Distance between the starts of sliding windows; divides the length.");

    public static final ConfigOption<Duration> OUT_OF_ORDERNESS = ConfigOptions.key("out.of.orderness")
            .durationType()
            .defaultValue(Duration.ofMinutes(10))
            .withDescription("How far behind the latest event time a row may be before the final figure of its window"
                    + " is sent; later ones correct it.");

    public static final ConfigOption<Duration> IDLE_TIMEOUT = ConfigOptions.key("idle.timeout")
            .durationType()
            .defaultValue(Duration.ofMinutes(1))
            .withDescription("A partition that has been silent for so long does not hold windows back.");

    public static final ConfigOption<Duration> RETENTION = ConfigOptions.key("retention")
            .durationType()
            .defaultValue(Duration.ofDays(7))
            .withDescription("How long after its end a window can still be corrected. Later changes become dead letters"
                    + " (`late`), and the state is dropped.");

    public static final ConfigOption<Duration> EMIT_INTERVAL = ConfigOptions.key("emit.interval")
            .durationType()
            .defaultValue(Duration.ofMinutes(1))
            .withDescription("A figure is sent at most once in so long, and at the window's end; 0: at every change. It"
                    + " leaves with the next checkpoint.");

    public static final ConfigOption<Boolean> INCLUDE_SNAPSHOT = ConfigOptions.key("include.snapshot")
            .booleanType()
            .defaultValue(true)
            .withDescription("Whether rows that a snapshot read (`op` r) count. If not, such a row counts from its next"
                    + " change on.");

    @Required
    public static final ConfigOption<String> OUTPUT = ConfigOptions.key("output")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Topic of the figures, on the brokers of the source; or a Kinesis stream's ARN. One topic or"
                            + " stream per aggregate; compacted, a topic holds the current figures.");

    public static final ConfigOption<OutputFormat> OUTPUT_FORMAT = ConfigOptions.key("output.format")
            .enumType(OutputFormat.class)
            .defaultValue(OutputFormat.JSON)
            .withDescription(
                    "Of the values; keys are JSON always. `avro`: in the Confluent wire format, with a schema that"
                            + " the job registers under `<output>-value` in the registry of group `SchemaRegistry`.");

    public static final ConfigOption<Delivery> DELIVERY = ConfigOptions.key("delivery")
            .enumType(Delivery.class)
            .defaultValue(Delivery.AT_LEAST_ONCE)
            .withDescription(
                    "Figures appear with each checkpoint. `at-least-once`: after a restart a figure may be sent again"
                            + " under the same key. `exactly-once`: transactions, for read-committed consumers.");

    public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX = ConfigOptions.key("transactional.id.prefix")
            .stringType()
            .noDefaultValue()
            .withDescription("Prefix of the transactional ids, different for each job on the same brokers. Default:"
                    + " `tributary-<name>-<output>`.");

    public static final ConfigOption<Duration> TRANSACTION_TIMEOUT = ConfigOptions.key("transaction.timeout")
            .durationType()
            .defaultValue(Duration.ofMinutes(15))
            .withDescription("A transaction is lost after so long: longer than a checkpoint and a restart together, and"
                    + " at most the brokers' `transaction.max.timeout.ms` (15 min unless changed).");

    public static final ConfigOption<Boolean> DIMENSION_RETROACTIVE = ConfigOptions.key("dimension.retroactive")
            .booleanType()
            .defaultValue(true)
            .withDescription("Whether a change of a dimension row moves the rows that are already counted. True: the"
                    + " figures are those of a join over the current rows, whatever the order of arrival. False: a row"
                    + " stays where it was counted; less state.");

    public static final ConfigOption<Duration> DIMENSION_WAIT = ConfigOptions.key("dimension.wait")
            .durationType()
            .defaultValue(Duration.ofMinutes(10))
            .withDescription(
                    "How long a row waits for a dimension row that has not arrived; then its group is `unknown`.");

    @PassThrough(
            name = "<alias>",
            description = "A table that names groups: `server.schema.table on column`, where the column, of the"
                    + " aggregate's table or, as `alias.column`, of another dimension, holds the key of its row.")
    public static final String DIMENSION_PREFIX = "dimension.";

    private AggregateOptions() {}
}
