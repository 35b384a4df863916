package io.tributary.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Requests to a registry or a catalogue with a time limit over the whole exchange, a size limit on the answer, and repetition of what may
 * pass. Follows no redirect, so that credentials stay where they were meant to go. Host names are verified for TLS.
 */
public final class HttpTransport implements AutoCloseable {
    /** Bytes; the largest schemas known are some hundred KB. */
    static final int MAX_ANSWER = 16 << 20;

    private static final int LONGEST_SHOWN = 500;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;

    private final HttpClient client;
    private final Duration timeout;
    private final Backoff backoff;

    /** @param trust what to trust for TLS; null for the JVM's own certificates */
    public HttpTransport(Duration timeout, Backoff backoff, SSLContext trust) {
        this(client(timeout, trust), timeout, backoff);
    }

    private static HttpClient client(Duration timeout, SSLContext trust) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        return trust == null ? builder.build() : builder.sslContext(trust).build();
    }

    HttpTransport(HttpClient client, Duration timeout, Backoff backoff) {
        this.client = client;
        this.timeout = timeout;
        this.backoff = backoff;
    }

    /** @return whether an answer says that the same request may succeed later */
    public static boolean mayPass(HttpAnswer answer) {
        return answer.status() >= 500 || answer.status() == TOO_MANY_REQUESTS || answer.status() == REQUEST_TIMEOUT;
    }

    /**
     * @param request made anew for each attempt, since a signature has a date
     * @param mayPass whether to repeat after this answer
     * @return an answer that is final
     * @throws UnansweredException after the last attempt, when interrupted, and when closed
     */
    public HttpAnswer send(Supplier<HttpRequest> request, Predicate<HttpAnswer> mayPass) {
        URI uri = null;
        try {
            for (int attempt = 1; ; attempt++) {
                HttpRequest next = request.get();
                uri = next.uri();
                IOException failure = null;
                HttpAnswer answer = null;
                try {
                    answer = once(next);
                } catch (BoundedBody.TooLargeException e) {
                    throw unavailable(uri, "it answered too much", e);
                } catch (IOException e) {
                    failure = e;
                }
                if (answer != null && !mayPass.test(answer)) {
                    return answer;
                }
                long asked = answer == null ? 0 : answer.retryAfterMillis();
                if (attempt >= backoff.attempts()) {
                    throw unavailable(uri, "attempt " + attempt + ", the last, " + outcome(answer, failure), failure);
                } else if (!backoff.pause(attempt, asked)) {
                    throw unavailable(uri, "the task is closing", failure);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(uri, "the task was interrupted while it waited", e);
        }
    }

    private HttpAnswer once(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(request, ignored -> new BoundedBody(MAX_ANSWER));
        try {
            HttpResponse<byte[]> response = pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new HttpAnswer(response.statusCode(), response.body(), retryAfterMillis(response));
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof IOException ? (IOException) cause : new IOException(cause);
        } finally {
            pending.cancel(true);
        }
    }

    private static long retryAfterMillis(HttpResponse<?> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("[0-9]{1,6}") ? TimeUnit.SECONDS.toMillis(Long.parseLong(seconds)) : 0;
    }

    private static String outcome(HttpAnswer answer, IOException failure) {
        return answer == null ? "failed: " + failure : "was answered with HTTP " + answer.status();
    }

    private static UnansweredException unavailable(URI uri, String why, Throwable cause) {
        return new UnansweredException(origin(uri) + " does not answer: " + why + ". Asked: " + path(uri) + ".", cause);
    }

    /** @return scheme, host and port, never user information */
    public static String origin(URI uri) {
        return uri == null
                ? "?"
                : uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    private static String path(URI uri) {
        return uri == null ? "?" : shown(uri.getRawPath());
    }

    /** @return a path as it is told of: cut where it is long */
    public static String shown(String path) {
        return path.length() <= LONGEST_SHOWN ? path : path.substring(0, LONGEST_SHOWN) + "...";
    }

    @Override
    public void close() {
        backoff.cancel();
    }
}
