package io.tributary.config;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Groups {@code Table.<server.schema.table>}: what one table does differently. */
public final class TableOptions {
    public static final ConfigOption<List<String>> KEY = ConfigOptions.key("key")
            .stringType()
            .asList()
            .noDefaultValue()
            .withDescription("Columns of the table's key, separated by `;`, in place of those of the message key.");

    public static final ConfigOption<List<String>> PARTITION = ConfigOptions.key("partition")
            .stringType()
            .asList()
            .noDefaultValue()
            .withDescription(
                    "Columns that partition the table, separated by `;`. Default: one partition `__table=<table>`.");

    public static final ConfigOption<Integer> BUCKETS = ConfigOptions.key("buckets")
            .intType()
            .noDefaultValue()
            .withDescription("Files per partition of this table, in place of `Lake.buckets`.");

    private TableOptions() {}
}
