package io.tributary.config;

import io.tributary.config.CatalogOptions.Type;
import org.apache.flink.configuration.ConfigOption;

/** What a catalogue needs, and what none of it may be ignored. */
final class CatalogChecks {
    private static final String GROUP = CatalogOptions.GROUP;
    private static final String NAME = "[a-z0-9_]{1,100}";
    private static final String NAME_ALLOWED = "up to 100 lower case letters, digits and `_`";

    private final TributaryConfig config;
    private final Problems problems;

    CatalogChecks(TributaryConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    void check() {
        Type type = config.group(GROUP).get(CatalogOptions.TYPE);
        if (type == Type.HIVE) {
            problems.needs(GROUP, CatalogOptions.URIS, "type hive needs it");
            problems.parsed(GROUP, CatalogOptions.URIS, ThriftAddress::parseAll, ThriftAddress.ALLOWED);
        } else {
            problems.onlyFor(GROUP, Type.HIVE, type, CatalogOptions.URIS);
        }
        if (type == Type.GLUE) {
            problems.needs(GROUP, CatalogOptions.AWS_REGION, "type glue needs it");
            matches(GROUP, CatalogOptions.ENDPOINT, "https?://[^/?#@\\s]+/?", "http://HOST[:PORT] or https://...");
            matches(
                    GROUP,
                    CatalogOptions.CATALOG_ID,
                    "[0-9]{12}(:[a-zA-Z0-9_./-]+)?",
                    "an account's number of 12 digits");
        } else {
            problems.onlyFor(GROUP, Type.GLUE, type, CatalogOptions.AWS_REGION);
            problems.onlyFor(GROUP, Type.GLUE, type, CatalogOptions.ENDPOINT);
            problems.onlyFor(GROUP, Type.GLUE, type, CatalogOptions.CATALOG_ID);
        }
        matches(GROUP, CatalogOptions.DATABASE, NAME, NAME_ALLOWED);
        matches(GROUP, CatalogOptions.PREFIX, NAME, NAME_ALLOWED);
        for (String table : config.groups(TableOptions.GROUP).keySet()) {
            matches(TableOptions.GROUP + "." + table, TableOptions.NAME, NAME, NAME_ALLOWED);
        }
    }

    private void matches(String group, ConfigOption<String> option, String pattern, String allowed) {
        String value = config.group(group).get(option);
        if (value != null && !value.matches(pattern)) {
            problems.add(Problems.where(group, option, value) + ": allowed is " + allowed + ".");
        }
    }
}
