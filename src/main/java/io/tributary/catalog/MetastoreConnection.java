package io.tributary.catalog;

import io.tributary.config.ThriftAddress;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransportException;

/** A connection to one of a metastore's servers, made when it is needed, and given up after any failure. */
final class MetastoreConnection implements AutoCloseable {
    private final List<ThriftAddress> servers;
    private final int timeoutMillis;
    private int next;
    private ThriftAddress server;
    private TSocket socket;
    private ThriftHiveMetastore.Client client;

    MetastoreConnection(List<ThriftAddress> servers, int timeoutMillis) {
        this.servers = List.copyOf(servers);
        this.timeoutMillis = timeoutMillis;
    }

    /** A request to the metastore. */
    interface Request<T> {
        T send(ThriftHiveMetastore.Client client) throws TException;
    }

    /**
     * @param what the request does, for the message
     * @throws NotThereException where the metastore knows no such object
     * @throws IOException where it does not answer, or refuses
     */
    <T> T ask(String what, Request<T> request) throws IOException {
        boolean done = false;
        try {
            T answer = request.send(connected());
            done = true;
            return answer;
        } catch (org.apache.hadoop.hive.metastore.api.NoSuchObjectException e) {
            done = true;
            throw new NotThereException(what, e);
        } catch (TTransportException e) {
            throw new IOException(
                    "the Hive metastore at " + server + " does not answer (" + what + "): " + e.getMessage()
                            + ". Check that it runs, and Catalog.uris.",
                    e);
        } catch (TException e) {
            throw new IOException("the Hive metastore at " + server + " refuses to " + what + ": " + e.getMessage(), e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private ThriftHiveMetastore.Client connected() throws TTransportException {
        for (int attempt = 1; client == null; attempt++) {
            server = servers.get(next);
            next = (next + 1) % servers.size();
            TSocket opening = new TSocket(server.host(), server.port(), timeoutMillis);
            try {
                opening.open();
                socket = opening;
                client = new ThriftHiveMetastore.Client(new TBinaryProtocol(opening));
            } catch (TTransportException e) {
                opening.close();
                if (attempt >= servers.size()) {
                    throw e;
                }
            }
        }
        return client;
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
        socket = null;
        client = null;
    }

    /** The metastore has no such database, table or partition. */
    static final class NotThereException extends IOException {
        private static final long serialVersionUID = 1L;

        private NotThereException(String what, Throwable cause) {
            super("the Hive metastore has nothing to " + what, cause);
        }
    }
}
