package io.tributary.metrics;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a metric is, for the reference of them all: {@code docs/metrics.md} is made of these. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Described {
    /** How Flink keeps it. */
    enum Kind {
        /** Grows by one, or by more. */
        COUNTER,
        /** A number of now. */
        GAUGE,
        /** Quantiles of the newest values. Managed Service for Apache Flink does not send these to CloudWatch. */
        HISTOGRAM
    }

    /** What there is one of for each subtask of the operator. */
    enum Scope {
        OPERATOR,
        TABLE,
        TOPIC,
        AGGREGATE
    }

    /** @return name of the operator that has it, as in Flink's web interface */
    String operator();

    Kind kind();

    /** @return in what groups it is; mostly one */
    Scope[] scopes();

    String unit();

    /** @return what follows the name, in angle brackets; empty where nothing does */
    String suffix() default "";

    /** @return what it says, in Markdown */
    String text();
}
