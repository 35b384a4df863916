package io.tributary.local.databases;

import io.tributary.local.stack.LocalConnect;
import io.tributary.local.stack.LocalKafka;
import io.tributary.local.stack.LocalMariaDb;
import io.tributary.local.stack.LocalPostgres;
import io.tributary.local.stack.LocalRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** The sample's two databases with their rows, and the connectors that read them. */
public final class TickitDatabases implements AutoCloseable {
    /** What all of the sample's topics match, heartbeats and schema changes included. */
    public static final String TOPIC_PATTERN = "(__debezium-heartbeat\\.)?tickit(\\..*)?";

    private static final String DATABASE = "tickit";
    private static final String MYSQL_DATABASE = "ecomm";
    private static final String CONNECTOR_USER = "debezium";
    private static final int BATCH = 2_000;
    private static final Duration CONNECTOR_TIMEOUT = Duration.ofMinutes(2);
    /** Name of a connector, and of the file with its settings. */
    private static final String[] CONNECTORS = {"postgresql", "mysql"};

    private final LocalPostgres postgres;
    private final LocalMariaDb mariaDb;
    private final int divisor;
    private final long seed;

    private TickitDatabases(LocalPostgres postgres, LocalMariaDb mariaDb, int divisor, long seed) {
        this.postgres = postgres;
        this.mariaDb = mariaDb;
        this.divisor = divisor;
        this.seed = seed;
    }

    /**
     * Starts the servers and fills them.
     *
     * @param divisor 1 for the original sample's size, 100 for a hundredth of it
     * @param seed the same seed makes the same rows
     */
    public static TickitDatabases started(int divisor, long seed) {
        CompletableFuture<LocalMariaDb> mariaDb = CompletableFuture.supplyAsync(LocalMariaDb::started);
        LocalPostgres postgres = LocalPostgres.started();
        TickitDatabases databases = new TickitDatabases(postgres, mariaDb.join(), divisor, seed);
        try {
            CompletableFuture<Void> first =
                    CompletableFuture.runAsync(() -> databases.fill(TickitTable.Server.POSTGRESQL));
            databases.fill(TickitTable.Server.MARIADB);
            first.join();
            return databases;
        } catch (RuntimeException e) {
            databases.close();
            throw e;
        }
    }

    /** @return rows that were loaded */
    public long rows() {
        long rows = 0;
        for (TickitTable table : TickitTable.values()) {
            rows += table.rows(divisor);
        }
        return rows;
    }

    /** Starts Kafka Connect with a connector for each database; the first thing they do is a snapshot. */
    public LocalConnect connect(LocalKafka kafka, LocalRegistry registry) {
        LocalConnect connect = LocalConnect.started(kafka, environment(kafka, registry));
        try {
            for (String connector : CONNECTORS) {
                connect.configure(connector, resource(connector + ".json"));
            }
            awaitRunning(connect);
            return connect;
        } catch (RuntimeException e) {
            connect.close();
            throw e;
        }
    }

    /** Waits until both connectors run, again after the worker was killed and started. */
    public void awaitRunning(LocalConnect connect) {
        for (String connector : CONNECTORS) {
            connect.awaitRunning(connector, CONNECTOR_TIMEOUT);
        }
    }

    /** @return an application that changes the rows */
    public TicketShop shop() {
        return new TicketShop(this, divisor, new Random(seed + 1));
    }

    /** @return a superuser's connection; the caller closes it */
    Connection connection(TickitTable.Server server) throws SQLException {
        return switch (server) {
            case POSTGRESQL -> postgres.connect(DATABASE);
            case MARIADB -> mariaDb.connect(MYSQL_DATABASE);
        };
    }

    @Override
    public String toString() {
        return "PostgreSQL 127.0.0.1:" + postgres.port() + " and MariaDB 127.0.0.1:" + mariaDb.port();
    }

    @Override
    public void close() {
        postgres.close();
        mariaDb.close();
    }

    private Map<String, String> environment(LocalKafka kafka, LocalRegistry registry) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("POSTGRES_HOST", "127.0.0.1");
        environment.put("POSTGRES_PORT", Integer.toString(postgres.port()));
        environment.put("POSTGRES_USER", CONNECTOR_USER);
        environment.put("POSTGRES_PASSWORD", CONNECTOR_USER);
        environment.put("MYSQL_HOST", "127.0.0.1");
        environment.put("MYSQL_PORT", Integer.toString(mariaDb.port()));
        environment.put("MYSQL_USER", CONNECTOR_USER);
        environment.put("MYSQL_PASSWORD", CONNECTOR_USER);
        environment.put("KAFKA_BROKERS", kafka.bootstrapServers());
        environment.put("TOPIC_REPLICAS", "1");
        environment.put("REGISTRY_URL", registry.coreApi());
        return environment;
    }

    private void fill(TickitTable.Server server) {
        try {
            createTables(server);
            try (Connection connection = connection(server)) {
                connection.setAutoCommit(false);
                for (TickitTable table : TickitTable.values()) {
                    if (table.server == server) {
                        fill(connection, table);
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot fill the sample's tables in " + server + ": " + e.getMessage(), e);
        }
    }

    private void createTables(TickitTable.Server server) throws SQLException {
        if (server == TickitTable.Server.MARIADB) {
            try (Connection connection = mariaDb.connect("mysql");
                    Statement statement = connection.createStatement()) {
                statement.execute(resource("mysql.sql"));
            }
            return;
        }
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        try (Connection connection = postgres.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(resource("postgresql.sql"));
        }
    }

    private void fill(Connection connection, TickitTable table) throws SQLException {
        TickitRows rows = new TickitRows(new Random(seed + 31L * (1 + table.ordinal())));
        int count = table.rows(divisor);
        try (PreparedStatement insert = connection.prepareStatement(table.insert())) {
            for (int key = 1; key <= count; key++) {
                set(insert, rows.row(table, key));
                insert.addBatch();
                if (key % BATCH == 0 || key == count) {
                    insert.executeBatch();
                }
            }
        }
        connection.commit();
    }

    static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static String resource(String file) {
        try (InputStream in = TickitDatabases.class.getResourceAsStream("/databases/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource databases/" + file, e);
        }
    }
}
