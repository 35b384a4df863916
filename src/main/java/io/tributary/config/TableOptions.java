package io.tributary.config;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Groups {@code Table.<server.schema.table>}: what one table does differently. */
public final class TableOptions {
    /** What the groups' names start with, without the dot. */
    public static final String GROUP = "Table";

    public static final ConfigOption<String> KEY = ConfigOptions.key("key")
            .stringType()
            .noDefaultValue()
            .withDescription("Columns of the table's key, separated by commas, in place of those of the message key.");

    public static final ConfigOption<String> PARTITION = ConfigOptions.key("partition")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Columns that partition the table, separated by commas. Default: one partition `__table=<table>`.");

    @Range(min = 1)
    public static final ConfigOption<Integer> BUCKETS = ConfigOptions.key("buckets")
            .intType()
            .noDefaultValue()
            .withDescription("Files per partition of this table, in place of `Lake.buckets`.");

    public static final ConfigOption<LakeOptions.EvolutionPolicy> SCHEMA_EVOLUTION = ConfigOptions.key(
                    "schema.evolution")
            .enumType(LakeOptions.EvolutionPolicy.class)
            .noDefaultValue()
            .withDescription("Policy of this table, in place of `Lake.schema.evolution`.");

    public static final ConfigOption<String> NAME = ConfigOptions.key("name")
            .stringType()
            .noDefaultValue()
            .withDescription("Name of the table in the catalogue, after `Catalog.prefix`, in place of what"
                    + " `Catalog.table.name` makes. Lower case letters, digits and `_`.");

    public static final ConfigOption<LakeOptions.UnwritablePolicy> UNWRITABLE_TABLE = ConfigOptions.key(
                    "unwritable.table")
            .enumType(LakeOptions.UnwritablePolicy.class)
            .noDefaultValue()
            .withDescription("Policy of this table, in place of `Lake.unwritable.table`.");

    @PassThrough(name = "<option>", description = "Options of Hudi for this table; they win over those of the lake.")
    public static final String HUDI_PREFIX = "hudi.";

    private TableOptions() {}
}
