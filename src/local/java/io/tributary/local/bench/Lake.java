package io.tributary.local.bench;

import io.tributary.local.cli.CommandException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The lake of one run: all tables of the load, read from outside. */
final class Lake {
    private final Path directory;
    private final List<LoadTable> tables;

    Lake(Path directory, List<LoadTable> tables) {
        this.directory = directory;
        this.tables = tables;
    }

    List<LoadTable> tables() {
        return tables;
    }

    Path directory() {
        return directory;
    }

    LakeFiles files(LoadTable table) {
        return new LakeFiles(directory.resolve(table.fullName()));
    }

    /** @return the newest instant of each table, by its full name; nothing for tables without any */
    Map<String, String> newestInstants() {
        Map<String, String> newest = new TreeMap<>();
        for (LoadTable table : tables) {
            files(table)
                    .commits()
                    .keySet()
                    .forEach(instant -> newest.merge(
                            table.fullName(), instant, (one, other) -> one.compareTo(other) < 0 ? other : one));
        }
        return newest;
    }

    /** @return commits of all tables after those instants, and when the last of them was there */
    Commits commitsAfter(Map<String, String> before) {
        int count = 0;
        long lastMs = -1;
        long firstMs = Long.MAX_VALUE;
        long bytes = 0;
        for (LoadTable table : tables) {
            String after = before.getOrDefault(table.fullName(), "");
            for (Map.Entry<String, Long> commit : files(table).commits().entrySet()) {
                if (commit.getKey().compareTo(after) > 0) {
                    count++;
                    lastMs = Math.max(lastMs, commit.getValue());
                    firstMs = Math.min(firstMs, commit.getValue());
                }
            }
            bytes += files(table).bytesWritten(after);
        }
        return new Commits(count, firstMs, lastMs, bytes);
    }

    /** @throws CommandException where the lake is not what the model database is */
    void require(Load load) {
        try (LakeRows rows = new LakeRows()) {
            for (int i = 0; i < tables.size(); i++) {
                TableState state = load.state(i);
                LakeRows.Content expected = new LakeRows.Content(state.rows(), state.rows(), state.sum());
                LakeRows.Content found = rows.content(files(tables.get(i)).newestFiles());
                if (!found.equals(expected)) {
                    throw new CommandException("The lake " + directory + " is not what was generated, and the run is"
                            + " void: table " + tables.get(i).fullName() + " has " + found + " in place of "
                            + expected);
                }
            }
        }
    }

    /**
     * @param firstMs when the first commit was there, milliseconds since the epoch
     * @param lastMs the last one
     * @param bytes of the files that they wrote
     */
    record Commits(int count, long firstMs, long lastMs, long bytes) {}
}
