package io.tributary.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A server that is spoken to in Thrift: host and port, written as {@code thrift://host:9083}. Immutable. */
public final class ThriftAddress {
    static final String ALLOWED = "thrift://HOST:PORT, several separated by commas";

    private final String host;
    private final int port;

    private ThriftAddress(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** @throws IllegalArgumentException where one of the addresses is none */
    public static List<ThriftAddress> parseAll(String text) {
        List<ThriftAddress> addresses = new ArrayList<>();
        for (String name : NameList.split(text)) {
            URI uri = URI.create(name);
            boolean bare = uri.getPath() == null
                    || uri.getPath().isEmpty()
                    || uri.getPath().equals("/");
            if (!"thrift".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 1 || !bare) {
                throw new IllegalArgumentException(name + " is no such address");
            }
            addresses.add(new ThriftAddress(uri.getHost(), uri.getPort()));
        }
        return addresses;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    @Override
    public String toString() {
        return "thrift://" + host + ":" + port;
    }
}
