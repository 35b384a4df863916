/**
 * Rows: which columns a table has, and how their values are read straight from Avro bytes.
 *
 * <p>{@link io.tributary.row.RowSchemas} makes a schema from an Avro record, {@link io.tributary.row.RowReaders} a reader
 * from a schema: a plan that is resolved once. Nothing here knows Flink, Debezium's envelope or the lake.
 */
package io.tributary.row;
