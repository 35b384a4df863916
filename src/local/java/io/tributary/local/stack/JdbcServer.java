package io.tributary.local.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** What the local databases have in common. */
final class JdbcServer {
    private JdbcServer() {}

    /** Fails early, and says so, where there are no binaries for the machine. */
    static void refuseOtherMachines(String database) {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!machine.equals("Linux amd64")) {
            throw new IllegalStateException("The local " + database + " runs on Linux on x86-64 only, not on " + machine
                    + ". With Docker, docker-compose.yml starts the databases on any machine");
        }
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** @return a connection that the caller closes */
    static Connection connect(String url, String user, String password, Map<String, String> settings)
            throws SQLException {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(url, properties);
    }

    static boolean answers(String url, String user, String password) {
        try (Connection connection = connect(url, user, password, Map.of())) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
