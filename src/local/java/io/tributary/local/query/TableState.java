package io.tributary.local.query;

import java.util.List;

/**
 * A table at an instant: the files that hold its rows, and how to read them.
 *
 * @param name full name, {@code server.schema.table}
 * @param columns of the newest schema, in its order
 * @param keys the key's columns
 * @param files base files; empty where the table had no row then
 * @param commits completed commits on the active timeline
 * @param lastCommit instant of the newest of them; null where there is none
 * @param since only rows with a later {@code _hoodie_commit_time} count; null for all
 * @param until the last instant that counts; null for the newest
 */
record TableState(
        String name,
        List<LakeColumn> columns,
        List<String> keys,
        List<String> files,
        int commits,
        String lastCommit,
        String since,
        String until) {
    boolean has(String column) {
        return columns.stream().anyMatch(each -> each.name().equals(column));
    }
}
