package io.tributary.local.query;

/**
 * A table in figures.
 *
 * @param rows live rows
 * @param commits completed commits on the active timeline
 * @param files base files of the newest state
 * @param lastCommit its instant; null where there is none
 */
public record TableSummary(String name, long rows, int commits, int files, String lastCommit) {}
