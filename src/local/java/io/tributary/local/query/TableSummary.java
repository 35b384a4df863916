package io.tributary.local.query;

/**
 * A table in figures.
 *
 * @param rows live rows
 * @param commits completed commits on the active timeline
 * @param files base files of the newest state
 */
public record TableSummary(String name, long rows, int commits, int files) {}
