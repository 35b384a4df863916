package io.tributary.local.bench;

import io.tributary.local.cli.CommandException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.stream.Collectors;

/** Reads the rows of a table's files with DuckDB, whoever wrote them. */
final class LakeRows implements AutoCloseable {
    private final Connection connection;

    /** What is compared with the model database. */
    record Content(long rows, long keys, long sum) {}

    /** Receives a row. */
    interface Consumer {
        /**
         * @param instant of the commit that the row's newest change came with
         * @param changedMs when that change was made
         */
        void accept(String instant, long changedMs);
    }

    LakeRows() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            throw new CommandException("DuckDB does not start", e);
        }
    }

    /** @return how many rows and keys there are, and the sum of the times of their last changes */
    Content content(Collection<Path> files) {
        if (files.isEmpty()) {
            return new Content(0, 0, 0);
        }
        String sql = "SELECT count(*), count(DISTINCT _hoodie_record_key), sum(" + Shape.CHANGED + ")::BIGINT FROM "
                + source(files);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return new Content(result.getLong(1), result.getLong(2), result.getLong(3));
        } catch (SQLException e) {
            throw new CommandException("Cannot count the rows of " + files, e);
        }
    }

    void forEach(Collection<Path> files, Consumer consumer) {
        if (files.isEmpty()) {
            return;
        }
        String sql = "SELECT _hoodie_commit_time, " + Shape.CHANGED + " FROM " + source(files);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                consumer.accept(result.getString(1), result.getLong(2));
            }
        } catch (SQLException e) {
            throw new CommandException("Cannot read the rows of " + files, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new CommandException("DuckDB does not close", e);
        }
    }

    private static String source(Collection<Path> files) {
        return files.stream()
                .map(file -> "'" + file.toString().replace("'", "''") + "'")
                .collect(Collectors.joining(",", "read_parquet([", "], union_by_name=true, hive_partitioning=false)"));
    }
}
