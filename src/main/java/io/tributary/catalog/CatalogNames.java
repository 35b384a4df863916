package io.tributary.catalog;

import io.tributary.config.CatalogOptions;
import io.tributary.config.CatalogOptions.NameRule;
import io.tributary.config.TableOptions;
import io.tributary.config.TributaryConfig;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** What the lake's tables are called in the catalogue. Immutable. */
final class CatalogNames {
    private final String prefix;
    private final NameRule rule;
    private final Map<String, String> given = new HashMap<>();

    CatalogNames(TributaryConfig config) {
        Configuration group = config.group(CatalogOptions.GROUP);
        this.prefix = group.getOptional(CatalogOptions.PREFIX).orElse("");
        this.rule = group.get(CatalogOptions.TABLE_NAME);
        config.groups(TableOptions.GROUP)
                .forEach((table, options) ->
                        options.getOptional(TableOptions.NAME).ifPresent(name -> given.put(table, name)));
    }

    /** @param table its full name, {@code server.schema.table} */
    String of(String table) {
        return prefix + given.getOrDefault(table, named(table));
    }

    private String named(String table) {
        int last = table.lastIndexOf('.');
        int middle = table.lastIndexOf('.', last - 1);
        int from = rule == NameRule.TABLE ? last + 1 : rule == NameRule.SCHEMA_TABLE ? middle + 1 : 0;
        return table.substring(from).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }
}
