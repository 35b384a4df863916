package io.tributary.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL server with logical decoding on, its data in a temporary directory. It runs as this JVM's user; since
 * PostgreSQL refuses root, root's server runs in a user namespace where it is nobody.
 */
public final class LocalPostgres implements AutoCloseable {
    private static final String USER = "postgres";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final WorkDirectory directory = WorkDirectory.create("postgresql");
    private final int port = FreePort.find();
    private final Path binaries = binaries();
    private ServerProcess server;

    private LocalPostgres() {}

    /** Starts an empty server on a free port and waits until it answers. */
    public static LocalPostgres started() {
        JdbcServer.refuseOtherMachines("PostgreSQL");
        LocalPostgres postgres = new LocalPostgres();
        try {
            postgres.initialise();
            postgres.start();
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
        return postgres;
    }

    private void initialise() {
        ServerProcess.startProgram(
                        "initdb",
                        directory.path(),
                        "TERM",
                        asOrdinaryUser(
                                "initdb",
                                "--pgdata=" + data(),
                                "--username=" + USER,
                                "--auth=trust",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--no-sync"))
                .requireSuccess(START_TIMEOUT);
    }

    /** Starts the server, again after a {@link #kill()}. */
    public void start() {
        server = ServerProcess.startProgram(
                "postgresql",
                directory.path(),
                "INT",
                asOrdinaryUser(
                        "postgres",
                        "-D",
                        data().toString(),
                        "--port=" + port,
                        "--listen_addresses=127.0.0.1",
                        "--unix_socket_directories=",
                        "--wal_level=logical",
                        "--timezone=UTC",
                        "--shared_buffers=64MB",
                        // The data go with this JVM: they need not outlive a crash of the machine.
                        "--fsync=off"));
        server.awaitReady(url("postgres"), () -> JdbcServer.answers(url("postgres"), USER, ""), START_TIMEOUT);
    }

    public int port() {
        return port;
    }

    /** @return a superuser's connection to a database; the caller closes it */
    public Connection connect(String database) throws SQLException {
        return JdbcServer.connect(url(database), USER, "", Map.of("reWriteBatchedInserts", "true"));
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
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private Path data() {
        return directory.path().resolve("data");
    }

    private List<String> asOrdinaryUser(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (JdbcServer.isRoot()) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static synchronized Path binaries() {
        Path archive = StackFiles.find("postgresql", "postgres-linux-x86_64.txz");
        Path unpacked = archive.resolveSibling("unpacked");
        try {
            if (!Files.isDirectory(unpacked)) {
                TarXz.unpack(archive, unpacked);
            }
            return unpacked;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack " + archive, e);
        }
    }
}
