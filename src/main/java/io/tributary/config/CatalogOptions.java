package io.tributary.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Group {@code Catalog}: where the lake's tables are registered. */
public final class CatalogOptions {
    public static final String GROUP = "Catalog";

    /** The catalogue. */
    public enum Type {
        NONE("none"),
        HIVE("hive"),
        GLUE("glue");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What a table is called in the catalogue. */
    public enum NameRule {
        TABLE("table"),
        SCHEMA_TABLE("schema-table"),
        FULL("full");

        private final String text;

        NameRule(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public static final ConfigOption<Type> TYPE = ConfigOptions.key("type")
            .enumType(Type.class)
            .defaultValue(Type.NONE)
            .withDescription("`none`: the tables are found by their path only; `hive`: a Hive metastore; `glue`: the"
                    + " AWS Glue Data Catalog, which Athena, EMR and Redshift Spectrum read.");

    public static final ConfigOption<String> DATABASE = ConfigOptions.key("database")
            .stringType()
            .defaultValue("lake")
            .withDescription("Database of the tables in the catalogue; created where it is missing. Lower case letters,"
                    + " digits and `_`.");

    public static final ConfigOption<String> PREFIX = ConfigOptions.key("prefix")
            .stringType()
            .noDefaultValue()
            .withDescription("What the tables' names in the catalogue begin with. Lower case letters, digits and `_`.");

    public static final ConfigOption<NameRule> TABLE_NAME = ConfigOptions.key("table.name")
            .enumType(NameRule.class)
            .defaultValue(NameRule.TABLE)
            .withDescription("A table's name in the catalogue, after the prefix: `table`: the source table's name;"
                    + " `schema-table`: `schema_table`; `full`: `server_schema_table`. In lower case, other characters"
                    + " than letters, digits and `_` as `_`. `Table.<server.schema.table>.name` wins over it.");

    public static final ConfigOption<String> URIS = ConfigOptions.key("uris")
            .stringType()
            .noDefaultValue()
            .withDescription("`hive`: addresses of the metastore's servers, `thrift://host:9083`, separated by commas;"
                    + " they are tried in turn. Needed.");

    public static final ConfigOption<String> AWS_REGION = ConfigOptions.key("aws.region")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "`glue`: region of the Data Catalog. Needed. Credentials come from the default AWS chain.");

    public static final ConfigOption<String> CATALOG_ID = ConfigOptions.key("catalog.id")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "`glue`: id of the Data Catalog, an account's number. Default: the account of the credentials.");

    public static final ConfigOption<String> ENDPOINT = ConfigOptions.key("endpoint")
            .stringType()
            .noDefaultValue()
            .withDescription("`glue`: address of Glue in place of the region's own, e.g. a VPC endpoint.");

    @Range(min = 1)
    public static final ConfigOption<Duration> TIMEOUT = ConfigOptions.key("timeout")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription("Time for one request to the catalogue. Whatever it does, no write waits for it.");

    @Range(min = 1)
    public static final ConfigOption<Duration> RETRY_DELAY = ConfigOptions.key("retry.delay")
            .durationType()
            .defaultValue(Duration.ofSeconds(5))
            .withDescription(
                    "Longest pause before a table that could not be synchronised is tried again; it doubles"
                            + " with each failure, up to `retry.max.delay`, and is drawn at random between half of it and all of it.");

    @Range(min = 1)
    public static final ConfigOption<Duration> RETRY_MAX_DELAY = ConfigOptions.key("retry.max.delay")
            .durationType()
            .defaultValue(Duration.ofMinutes(5))
            .withDescription("Longest pause of all.");

    private CatalogOptions() {}
}
