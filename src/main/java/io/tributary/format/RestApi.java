package io.tributary.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.http.HttpAnswer;
import io.tributary.http.HttpTransport;
import io.tributary.http.UnansweredException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Requests below one base address, with credentials. An answer is a body, or "there is none" (404 and other refusals of
 * a single id); refused credentials, a wrong address and nonsense are {@link RegistryUnavailableException}s, so that a
 * mistake in the configuration stops the job in place of turning its input into dead letters.
 */
final class RestApi implements AutoCloseable {
    private static final int CONFLICT = 409;
    /** Apicurio also answers so when two subtasks send the same new schema at the same time. */
    private static final int MAX_CONFLICTS = 4;

    private final URI base;
    private final String authorization;
    private final HttpTransport transport;
    private final String probe;
    private boolean probed;

    /**
     * @param authorization the header's value; null for none
     * @param probe a path that every such registry answers; asked once before the first 404 is believed
     */
    RestApi(URI base, String authorization, HttpTransport transport, String probe) {
        this.base = base;
        this.authorization = authorization;
        this.transport = transport;
        this.probe = probe;
    }

    /** Names in it may be foreign, and are as long as somebody has made them. */
    private String shown(String path) {
        return HttpTransport.shown(base.getRawPath() + path);
    }

    static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @param path below the base address, each segment {@linkplain #encode encoded} */
    Optional<String> text(String path) {
        return get(path).map(HttpAnswer::text);
    }

    /** @param path below the base address, each segment {@linkplain #encode encoded} */
    Optional<JsonNode> json(String path) {
        return get(path).map(answer -> json(path, answer));
    }

    private JsonNode json(String path, HttpAnswer answer) {
        try {
            return answer.json();
        } catch (IOException e) {
            throw nonsense(path, "the answer is not the JSON that it should be");
        }
    }

    /**
     * Sends something that the registry is to keep.
     *
     * @param path below the base address, each segment {@linkplain #encode encoded}
     * @throws RegistryUnavailableException also where it refuses to keep it
     */
    JsonNode post(String path, String body, Map<String, String> headers) {
        AtomicInteger conflicts = new AtomicInteger();
        HttpAnswer answer = send(
                path,
                () -> {
                    HttpRequest.Builder builder =
                            HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body));
                    headers.forEach(builder::header);
                    return builder;
                },
                reply -> HttpTransport.mayPass(reply)
                        || reply.status() == CONFLICT && conflicts.incrementAndGet() < MAX_CONFLICTS);
        refuse(path, answer.status(), "register schemas");
        if (answer.status() == 404) {
            throw nonsense(path, "HTTP 404 where schemas are registered");
        } else if (!answer.isOk()) {
            throw new RegistryUnavailableException(
                    "The schema registry at " + HttpTransport.origin(base) + " refuses a schema (HTTP "
                            + answer.status()
                            + "). Asked: " + shown(path) + ". 409: it is not compatible with the versions"
                            + " that are there; 422: a rule forbids it. Change the rule, or write to another topic.",
                    null);
        }
        return json(path, answer);
    }

    RegistryUnavailableException nonsense(String path, String why) {
        return new RegistryUnavailableException(
                "The schema registry at " + HttpTransport.origin(base) + " answers, but not as one: " + why
                        + ". Asked: " + shown(path)
                        + ". Check SchemaRegistry.url and SchemaRegistry.type.",
                null);
    }

    private Optional<HttpAnswer> get(String path) {
        HttpAnswer answer = send(path, HttpRequest::newBuilder, HttpTransport::mayPass);
        if (answer.isOk()) {
            probed = true;
            return Optional.of(answer);
        }
        refuse(path, answer.status(), "read schemas");
        if (!probed) {
            int status =
                    send(probe, HttpRequest::newBuilder, HttpTransport::mayPass).status();
            refuse(probe, status, "read schemas");
            if (status == 404) {
                throw nonsense(probe, "HTTP 404 where every such registry has an answer");
            }
            probed = true;
        }
        return Optional.empty();
    }

    private void refuse(String path, int status, String may) {
        if (status == 401 || status == 403 || status == 407) {
            throw new RegistryUnavailableException(
                    "The schema registry at " + HttpTransport.origin(base) + " refuses the request (HTTP " + status
                            + "). Asked: " + shown(path)
                            + ". Check SchemaRegistry.username and SchemaRegistry.password, or SchemaRegistry.token, and"
                            + " that they may " + may + ".",
                    null);
        } else if (status != 200 && status < 400) {
            throw nonsense(path, "HTTP " + status + " where 200 is due (redirects are not followed)");
        }
    }

    /** @param request made anew for each attempt; without address and credentials */
    private HttpAnswer send(String path, Supplier<HttpRequest.Builder> request, Predicate<HttpAnswer> mayPass) {
        URI uri = URI.create(base + path);
        try {
            return transport.send(
                    () -> {
                        HttpRequest.Builder builder = request.get().uri(uri).header("Accept", "*/*");
                        return authorization == null
                                ? builder.build()
                                : builder.header("Authorization", authorization).build();
                    },
                    mayPass);
        } catch (UnansweredException e) {
            throw RegistryUnavailableException.unanswered(e);
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
