package io.tributary.aggregate;

import io.tributary.config.AggregateOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** One group {@code Aggregate.<name>}, checked. Immutable. */
public final class AggregateSpec implements Serializable {
    private static final long serialVersionUID = 1L;
    /** The value of {@code time} that stands for the source's timestamp. */
    static final String SOURCE_TIME = "source.ts_ms";

    private final String name;
    private final String table;
    private final List<GroupColumn> groupBy;
    private final Map<String, Dimension> dimensions;
    private final String amount;
    private final String quantity;
    private final String time;
    private final EventTime eventTime;
    private final Windows windows;
    private final Configuration settings;

    private AggregateSpec(SpecReader reader) {
        this.name = reader.name();
        this.table = reader.required(AggregateOptions.TABLE);
        this.amount = reader.required(AggregateOptions.AMOUNT);
        this.quantity = reader.settings().get(AggregateOptions.QUANTITY);
        this.time = reader.settings().get(AggregateOptions.TIME);
        this.eventTime = reader.eventTime();
        this.windows = reader.windows();
        this.dimensions = Collections.unmodifiableMap(reader.dimensions());
        this.groupBy = Collections.unmodifiableList(reader.groupBy(dimensions));
        this.settings = reader.settings();
        reader.required(AggregateOptions.OUTPUT);
        reader.checkNames(groupBy, quantity != null, !windows.isTotal(), isAvro());
    }

    /**
     * @param name the part of the group's name after {@code Aggregate.}
     * @throws io.tributary.config.ConfigException naming group, key, value and what is allowed
     */
    public static AggregateSpec of(String name, Configuration settings) {
        return new AggregateSpec(new SpecReader(name, settings));
    }

    public String name() {
        return name;
    }

    /** @return {@code server.schema.table} */
    public String table() {
        return table;
    }

    /** @return the topic of the figures */
    public String output() {
        return settings.get(AggregateOptions.OUTPUT);
    }

    /** @return whether values are Avro; otherwise they are JSON */
    public boolean isAvro() {
        return settings.get(AggregateOptions.OUTPUT_FORMAT) == AggregateOptions.OutputFormat.AVRO;
    }

    List<GroupColumn> groupBy() {
        return groupBy;
    }

    /** @return the dimensions by alias */
    Map<String, Dimension> dimensions() {
        return dimensions;
    }

    String amount() {
        return amount;
    }

    /** @return the column, or null */
    String quantity() {
        return quantity;
    }

    /** @return the column with the event time; null for the source's timestamp */
    String timeColumn() {
        return SOURCE_TIME.equals(time) ? null : time;
    }

    EventTime eventTime() {
        return eventTime;
    }

    Windows windows() {
        return windows;
    }

    boolean includesSnapshot() {
        return settings.get(AggregateOptions.INCLUDE_SNAPSHOT);
    }

    boolean isRetroactive() {
        return settings.get(AggregateOptions.DIMENSION_RETROACTIVE);
    }

    Duration dimensionWait() {
        return settings.get(AggregateOptions.DIMENSION_WAIT);
    }

    Duration outOfOrderness() {
        return settings.get(AggregateOptions.OUT_OF_ORDERNESS);
    }

    Duration idleTimeout() {
        return settings.get(AggregateOptions.IDLE_TIMEOUT);
    }

    Duration emitInterval() {
        return settings.get(AggregateOptions.EMIT_INTERVAL);
    }

    boolean isExactlyOnce() {
        return settings.get(AggregateOptions.DELIVERY) == AggregateOptions.Delivery.EXACTLY_ONCE;
    }

    String transactionalIdPrefix() {
        String prefix = settings.get(AggregateOptions.TRANSACTIONAL_ID_PREFIX);
        return prefix == null ? "tributary-" + name + "-" + output() : prefix;
    }

    Duration transactionTimeout() {
        return settings.get(AggregateOptions.TRANSACTION_TIMEOUT);
    }

    @Override
    public String toString() {
        return "Aggregate." + name;
    }
}
