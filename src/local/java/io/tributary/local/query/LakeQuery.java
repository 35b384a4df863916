package io.tributary.local.query;

import io.tributary.local.cli.CommandException;
import io.tributary.local.cli.LakeAddress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads the tables of a lake. Every call looks at the lake anew, so commits that came in between are seen. Tables go by
 * their full name, by its last part where that is unique, or by the last two ({@code ecomm_sale}).
 */
public final class LakeQuery {
    /** DuckDB's driver puts this before its messages. */
    private static final String SQL_EXCEPTION = "java.sql.SQLException: ";

    private final Path lake;
    private final Configuration hadoop;

    /** @param lake a local directory, or a path of another file system such as {@code s3a://bucket/lake} */
    public LakeQuery(String lake) {
        this(lake, Map.of());
    }

    /** @param hadoopSettings settings of Hadoop's file systems, e.g. {@code fs.s3a.endpoint} */
    public LakeQuery(String lake, Map<String, String> hadoopSettings) {
        this.lake = new Path(LakeAddress.of(lake));
        this.hadoop = new Configuration();
        hadoopSettings.forEach(hadoop::set);
    }

    /** @return the tables' full names, sorted */
    public List<String> tables() {
        return LakeTables.list(lake, hadoop).names();
    }

    /** @return the live rows of the newest state, by key */
    public QueryResult table(String name) {
        return table(name, ReadOptions.LIVE);
    }

    /**
     * @return a table's rows, by key
     * @throws CommandException for a name that no table, or more than one, goes by, and where it cannot be read
     */
    public QueryResult table(String name, ReadOptions options) {
        LakeTables tables = LakeTables.list(lake, hadoop);
        String fullName = tables.resolve(name);
        TableState state = new LakeReader(hadoop).read(fullName, tables.directory(fullName), options);
        try (LocalFiles files = new LocalFiles(hadoop);
                DuckSession session = new DuckSession(files)) {
            session.addView(List.of(fullName), state, options);
            String order = state.keys().isEmpty()
                    ? ""
                    : state.keys().stream().map(LakeColumn::quote).collect(Collectors.joining(", ", " ORDER BY ", ""));
            return session.query("SELECT * FROM " + LakeColumn.quote(fullName) + order);
        } catch (SQLException e) {
            throw new CommandException("Cannot read table " + fullName + " in " + lake + ": " + e.getMessage(), e);
        }
    }

    /** @return a statement's rows, over the live rows of the newest state */
    public QueryResult sql(String statement) {
        return sql(statement, ReadOptions.LIVE);
    }

    /**
     * @param statement SQL in DuckDB's dialect
     * @throws CommandException where it is wrong or fails
     */
    public QueryResult sql(String statement, ReadOptions options) {
        LakeTables tables = LakeTables.list(lake, hadoop);
        LakeReader reader = new LakeReader(hadoop);
        try (LocalFiles files = new LocalFiles(hadoop);
                DuckSession session = new DuckSession(files)) {
            for (String name : tables.mentionedIn(statement)) {
                session.addView(tables.sqlNames(name), reader.read(name, tables.directory(name), options), options);
            }
            return session.query(statement);
        } catch (SQLException e) {
            throw new CommandException(
                    e.getMessage().replace(SQL_EXCEPTION, "").strip() + "\nThe tables of " + lake
                            + " and their names in SQL: " + sqlNames(tables),
                    e);
        }
    }

    /**
     * The versions of a row, one for each commit that wrote it, oldest first, as far as the cleaner has left their files;
     * a row that was removed (not marked as deleted) has no version for that.
     *
     * @param key see {@link RowKey}
     * @throws CommandException where no version is found
     */
    public QueryResult history(String name, String key, boolean meta) {
        LakeTables tables = LakeTables.list(lake, hadoop);
        String fullName = tables.resolve(name);
        TableState state = new LakeReader(hadoop).readVersions(fullName, tables.directory(fullName));
        String condition = RowKey.condition(key, state.keys());
        String columns = Stream.concat(
                        Stream.of("_hoodie_commit_time AS instant", "__op AS op", "__deleted AS deleted"),
                        state.columns().stream()
                                .filter(column -> meta || !column.isMeta())
                                .map(LakeColumn::quoted))
                .collect(Collectors.joining(", "));
        try (LocalFiles files = new LocalFiles(hadoop);
                DuckSession session = new DuckSession(files)) {
            session.addView(
                    List.of(fullName), state, ReadOptions.LIVE.withDeleted().withMeta());
            QueryResult versions = session.query("SELECT DISTINCT ON (_hoodie_commit_time) " + columns + " FROM "
                    + LakeColumn.quote(fullName) + " WHERE " + condition + " ORDER BY _hoodie_commit_time");
            if (versions.rows().isEmpty()) {
                throw new CommandException("No row with key " + key + " in table " + fullName + "; its key is "
                        + String.join(",", state.keys()));
            }
            return versions;
        } catch (SQLException e) {
            throw new CommandException("Cannot read table " + fullName + " in " + lake + ": " + e.getMessage(), e);
        }
    }

    /** @param name the table; null for {@link Show#TABLES} */
    public QueryResult show(Show what, String name, ReadOptions options) {
        LakeTables tables = LakeTables.list(lake, hadoop);
        TableInspector inspector = new TableInspector(hadoop);
        if (what == Show.TABLES) {
            return new QueryResult(
                    List.of("table", "rows", "commits", "files", "last_commit"),
                    summaries().stream()
                            .map(table -> Arrays.<Object>asList(
                                    table.name(), table.rows(), table.commits(), table.files(), table.lastCommit()))
                            .toList());
        }
        String fullName = tables.resolve(name);
        Path directory = tables.directory(fullName);
        return switch (what) {
            case COMMITS -> inspector.commits(directory);
            case SCHEMA -> inspector.schema(new LakeReader(hadoop).read(fullName, directory, options));
            default -> inspector.files(fullName, directory, options);
        };
    }

    /** @return every table in figures, by name */
    public List<TableSummary> summaries() {
        LakeTables tables = LakeTables.list(lake, hadoop);
        LakeReader reader = new LakeReader(hadoop);
        List<TableSummary> summaries = new ArrayList<>();
        for (String name : tables.names()) {
            TableState state = reader.read(name, tables.directory(name), ReadOptions.LIVE);
            try (LocalFiles files = new LocalFiles(hadoop);
                    DuckSession session = new DuckSession(files)) {
                session.addView(List.of(name), state, ReadOptions.LIVE);
                Object rows = session.query("SELECT count(*) FROM " + LakeColumn.quote(name))
                        .rows()
                        .get(0)
                        .get(0);
                summaries.add(new TableSummary(
                        name,
                        ((Number) rows).longValue(),
                        state.commits(),
                        state.files().size(),
                        state.lastCommit()));
            } catch (SQLException e) {
                throw new CommandException("Cannot count table " + name + " in " + lake + ": " + e.getMessage(), e);
            }
        }
        return summaries;
    }

    private static String sqlNames(LakeTables tables) {
        return tables.names().stream()
                .map(name -> tables.sqlNames(name).stream()
                        .filter(each -> !each.contains("."))
                        .collect(Collectors.joining(" or ")))
                .collect(Collectors.joining(", "));
    }
}
