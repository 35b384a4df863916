/**
 * Keeps a catalogue in step with the lake: after each commit of a table, off the commit's path, the table is registered in
 * a Hive metastore or in AWS Glue the way Hudi's own sync tools register it, so that Athena, Trino, Spark and Hive take it
 * for a Hudi table.
 *
 * <p>{@code CatalogSync} hears of commits and keeps at most one pending synchronisation a table. {@code TableSync} reads
 * what is stored ({@code StoredTables}), makes the entry ({@code CatalogTable}) of it, and has a {@code Catalog} store the
 * entry: each step may be repeated at any time. Hudi's {@code HiveSyncTool} and {@code AwsGlueCatalogSyncTool} are not
 * used: the first needs hive-exec, 35 MB, and fails on a metastore with default settings when a column is added before the
 * lake's own; the second needs a second AWS SDK, knows no endpoint, and does not look at the outcome of its updates.
 */
package io.tributary.catalog;
