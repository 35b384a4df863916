package io.tributary.format;

import io.tributary.config.ConfigException;
import io.tributary.config.RegistryOptions;
import io.tributary.config.RegistryOptions.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** The group {@code SchemaRegistry}, checked as a whole. Holds secrets: has no {@code toString}. */
final class RegistrySettings {
    private static final String APICURIO_PATH = "/apis/registry/v2";

    private final Configuration group;

    /** @throws ConfigException naming the key, its value unless secret, and what is allowed */
    RegistrySettings(Configuration group) {
        this.group = group;
        if (type() == Type.GLUE) {
            require(RegistryOptions.AWS_REGION);
        } else {
            require(RegistryOptions.URL);
            base();
        }
        endpoint();
        authorization();
        atLeastOne(RegistryOptions.RETRY_ATTEMPTS);
        atLeastOne(RegistryOptions.CACHE_SIZE);
        if (group.get(RegistryOptions.TIMEOUT).toMillis() < 1) {
            throw bad(RegistryOptions.TIMEOUT, "it must be at least 1 ms");
        }
        inflateLimit();
    }

    Type type() {
        return group.get(RegistryOptions.TYPE);
    }

    boolean hasGlue() {
        return group.getOptional(RegistryOptions.AWS_REGION).isPresent();
    }

    /** @return the address below which the requests go, without a slash at its end */
    URI base() {
        URI url = address(RegistryOptions.URL);
        String text = url.toString().replaceAll("/+$", "");
        boolean bare = url.getPath() == null || !url.getPath().contains("/apis/");
        return URI.create(type() == Type.APICURIO && bare ? text + APICURIO_PATH : text);
    }

    /** @return null for the region's own */
    URI endpoint() {
        return group.getOptional(RegistryOptions.ENDPOINT).isPresent() ? address(RegistryOptions.ENDPOINT) : null;
    }

    /** @return the header's value; null without credentials */
    String authorization() {
        String user = group.get(RegistryOptions.USERNAME);
        String password = group.get(RegistryOptions.PASSWORD);
        String token = group.get(RegistryOptions.TOKEN);
        if ((user == null) != (password == null)) {
            throw new ConfigException(
                    "group SchemaRegistry, keys username and password: they go together; one of them is missing.");
        } else if (user != null && token != null) {
            throw new ConfigException(
                    "group SchemaRegistry, keys token and username: both are given; keep one of them.");
        } else if (token != null) {
            return "Bearer " + headerSafe(token);
        }
        return user == null
                ? null
                : "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String headerSafe(String token) {
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new ConfigException(
                    "group SchemaRegistry, key token: its value (not shown) has spaces, line ends or characters that no token has.");
        }
        return token;
    }

    int inflateLimit() {
        long bytes = group.get(RegistryOptions.MAX_INFLATED).getBytes();
        if (bytes < 1 || bytes > Integer.MAX_VALUE - 16) {
            throw bad(RegistryOptions.MAX_INFLATED, "it must be between 1 byte and 2 gb");
        }
        return (int) bytes;
    }

    private URI address(ConfigOption<String> option) {
        String text = group.get(option).strip();
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("group SchemaRegistry, key " + option.key()
                    + ": its value (not shown) is no address; allowed is http://HOST[:PORT][/PATH]"
                    + " or https://...");
        }
        if (uri.getRawUserInfo() != null) {
            throw new ConfigException(
                    "group SchemaRegistry, key " + option.key()
                            + ": its value (not shown) has credentials in it; put them in SchemaRegistry.username and .password.");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw bad(option, "it must be http://HOST[:PORT][/PATH] or https://...");
        }
        return uri;
    }

    private void require(ConfigOption<String> option) {
        if (group.getOptional(option).map(String::isBlank).orElse(true)) {
            throw new ConfigException(
                    "group SchemaRegistry, key " + option.key() + ": it is missing; type " + type() + " needs it.");
        }
    }

    private void atLeastOne(ConfigOption<Integer> option) {
        if (group.get(option) < 1) {
            throw bad(option, "it must be at least 1");
        }
    }

    private ConfigException bad(ConfigOption<?> option, String allowed) {
        return new ConfigException("group SchemaRegistry, key " + option.key() + ", value \"" + group.get(option)
                + "\": " + allowed + ".");
    }
}
