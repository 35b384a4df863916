package io.tributary.local.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;

/** A Hive metastore (the standalone one, 3.1) over a Derby database in its own memory: a stop forgets everything. */
public final class LocalMetastore implements AutoCloseable {
    private static final String MAIN_CLASS = "org.apache.hadoop.hive.metastore.HiveMetaStore";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    /** What this JVM has of the metastore's class path; the build puts the rest under {@code target/stack/metastore}. */
    private static final String SHARED =
            "(hive-standalone-metastore|libthrift|libfb303|hadoop-client-api|hadoop-client-runtime|jackson-(core|databind|annotations)|slf4j-api|log4j-(api|core|slf4j-impl|1.2-api))-[0-9].*\\.jar";

    private final WorkDirectory directory = WorkDirectory.create("metastore");
    private final int port = FreePort.find();
    private ServerProcess server;

    /** Starts a metastore on a free port and waits until it answers. */
    public static LocalMetastore started() {
        LocalMetastore metastore = new LocalMetastore();
        try {
            metastore.start();
        } catch (RuntimeException e) {
            metastore.close();
            throw e;
        }
        return metastore;
    }

    /** Starts the server, empty; does nothing where it runs. */
    public void start() {
        if (server != null && server.isAlive()) {
            return;
        }
        try {
            Path conf = Files.createDirectories(directory.path().resolve("conf"));
            Files.writeString(conf.resolve("metastore-site.xml"), site());
            server = ServerProcess.start(
                    "metastore",
                    conf + File.pathSeparator + classPath(),
                    MAIN_CLASS,
                    directory.path(),
                    Map.of(),
                    List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlog4j2.level=WARN"),
                    List.of("-p", Integer.toString(port)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the metastore's configuration to " + directory.path(), e);
        }
        server.awaitReady(uri(), this::accepts, START_TIMEOUT);
    }

    private static String classPath() throws IOException {
        List<String> jars = new ArrayList<>();
        try (Stream<Path> own = Files.list(StackFiles.directory().resolve("metastore"))) {
            own.map(Path::toString).sorted().forEach(jars::add);
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Path.of(entry).getFileName().toString().matches(SHARED)) {
                jars.add(entry);
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private String site() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("javax.jdo.option.ConnectionURL", "jdbc:derby:memory:metastore;create=true");
        settings.put("javax.jdo.option.ConnectionDriverName", "org.apache.derby.jdbc.EmbeddedDriver");
        settings.put("datanucleus.schema.autoCreateAll", "true");
        settings.put("datanucleus.connectionPoolingType", "none");
        settings.put("metastore.schema.verification", "false");
        settings.put("metastore.thrift.bind.host", "127.0.0.1");
        settings.put(
                "metastore.warehouse.dir",
                directory.path().resolve("warehouse").toUri().toString());
        // The defaults of these are classes of Hive itself, which is not here.
        settings.put("metastore.expression.proxy", "org.apache.hadoop.hive.metastore.DefaultPartitionExpressionProxy");
        settings.put("metastore.task.threads.always", "org.apache.hadoop.hive.metastore.events.EventCleanerTask");
        StringBuilder xml = new StringBuilder("<configuration>\n");
        settings.forEach((name, value) -> xml.append("<property><name>")
                .append(name)
                .append("</name><value>")
                .append(value)
                .append("</value></property>\n"));
        return xml.append("</configuration>\n").toString();
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends the server. */
    public void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    /** @return the address, e.g. {@code thrift://127.0.0.1:21234} */
    public String uri() {
        return "thrift://127.0.0.1:" + port;
    }

    /** @return by name the tables of a database, each with its partitions, e.g. {@code day=2026-01-01} */
    public Map<String, List<String>> partitions(String database) {
        try (TSocket socket = new TSocket("127.0.0.1", port, (int) START_TIMEOUT.toMillis())) {
            socket.open();
            ThriftHiveMetastore.Client client = new ThriftHiveMetastore.Client(new TBinaryProtocol(socket));
            Map<String, List<String>> partitions = new TreeMap<>();
            for (String table : client.get_all_tables(database)) {
                partitions.put(table, client.get_partition_names(database, table, (short) -1));
            }
            return partitions;
        } catch (TException e) {
            throw new IllegalStateException("The metastore at " + uri() + " does not tell its tables", e);
        }
    }

    @Override
    public void close() {
        stop();
        directory.close();
    }
}
