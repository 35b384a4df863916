package io.tributary.config;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Group {@code Catalog}: where the lake's tables are registered. */
public final class CatalogOptions {
    public static final String GROUP = "Catalog";

    /** The catalogue. */
    public enum Type {
        NONE("none");

        private final String text;

        Type(String text) {
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
            .withDescription("`none`: the tables are found by their path only.");

    private CatalogOptions() {}
}
