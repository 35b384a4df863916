package io.tributary.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.http.StubServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class HttpTransportTest {
    private final StubServer server = new StubServer(request -> Reply.ok("yes"));

    @AfterEach
    void stop() {
        server.close();
    }

    private static HttpTransport transport(int attempts, Duration timeout) {
        return new HttpTransport(timeout, new Backoff(attempts, Duration.ofMillis(1), Duration.ofMillis(50)), null);
    }

    private static HttpAnswer get(HttpTransport transport, String url) {
        return transport.send(() -> HttpRequest.newBuilder(URI.create(url)).build(), HttpTransport::mayPass);
    }

    private void script(Reply... replies) {
        Iterator<Reply> next = Arrays.asList(replies).iterator();
        server.answer(request -> next.next());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void repeatsWhatMayPass(int status) {
        script(Reply.of(status), Reply.of(status), Reply.ok("yes"));
        HttpAnswer answer = get(transport(5, Duration.ofSeconds(5)), server.url() + "/x");
        assertThat(answer.text()).isEqualTo("yes");
        assertThat(server.requests).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 422})
    void doesNotRepeatWhatIsFinal(int status) {
        script(Reply.of(status));
        assertThat(get(transport(5, Duration.ofSeconds(5)), server.url() + "/x").status())
                .isEqualTo(status);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        server.answer(request -> Reply.of(503));
        assertThatExceptionOfType(UnansweredException.class)
                .isThrownBy(() -> get(transport(3, Duration.ofSeconds(5)), server.url() + "/x"))
                .withMessageContaining("attempt 3")
                .withMessageContaining("HTTP 503")
                .withMessageContaining(server.url());
        assertThat(server.requests).hasSize(3);
    }

    @Test
    void waitsAsLongAsTheServerAsksWithinTheLimit() {
        script(new Reply(429, "", "3600", 0), Reply.ok("yes"));
        long start = System.nanoTime();
        get(transport(2, Duration.ofSeconds(5)), server.url() + "/x");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
    }

    @Test
    void endsARequestThatTakesTooLong() {
        server.answer(request -> new Reply(200, "late", null, 3_000));
        assertThatExceptionOfType(UnansweredException.class)
                .isThrownBy(() -> get(transport(1, Duration.ofMillis(200)), server.url() + "/x"))
                .withMessageContaining("no answer within 200 ms");
    }

    @Test
    void endsABodyThatNeverEnds() throws Exception {
        try (ServerSocket trickling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> trickle(trickling));
            String url = "http://127.0.0.1:" + trickling.getLocalPort() + "/x";
            assertThatExceptionOfType(UnansweredException.class)
                    .isThrownBy(() -> get(transport(1, Duration.ofMillis(400)), url))
                    .withMessageContaining("no answer within 400 ms");
            serving.get(10, TimeUnit.SECONDS);
        }
    }

    private static void trickle(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            Thread.sleep(1_000);
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void refusesAnAnswerThatIsTooLargeWithoutRepeating() {
        String large = "x".repeat(HttpTransport.MAX_ANSWER + 1);
        server.answer(request -> Reply.ok(large));
        assertThatExceptionOfType(UnansweredException.class)
                .isThrownBy(() -> get(transport(5, Duration.ofSeconds(10)), server.url() + "/x"))
                .withMessageContaining("too much");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void aServerThatCannotBeReachedIsNamed() {
        String url = server.url();
        server.close();
        assertThatExceptionOfType(UnansweredException.class)
                .isThrownBy(() -> get(transport(2, Duration.ofSeconds(1)), url))
                .withMessageContaining("does not answer");
    }

    @Test
    void aCancelledTaskDoesNotWaitOn() throws Exception {
        server.answer(request -> Reply.of(503));
        HttpTransport patient = new HttpTransport(
                Duration.ofSeconds(5), new Backoff(1_000, Duration.ofMinutes(10), Duration.ofMinutes(10)), null);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> stillInterrupted = new AtomicReference<>();
        Thread task = new Thread(() -> {
            try {
                get(patient, server.url() + "/x");
            } catch (UnansweredException e) {
                thrown.set(e);
                stillInterrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        task.start();
        while (server.requests.isEmpty()) {
            Thread.onSpinWait();
        }
        task.interrupt();
        task.join(5_000);
        assertThat(thrown.get()).isInstanceOf(UnansweredException.class);
        assertThat(stillInterrupted.get()).isTrue();
    }

    @Test
    void closeEndsAPause() throws Exception {
        server.answer(request -> Reply.of(503));
        HttpTransport patient = new HttpTransport(
                Duration.ofSeconds(5), new Backoff(1_000, Duration.ofMinutes(10), Duration.ofMinutes(10)), null);
        CompletableFuture<HttpAnswer> pending = CompletableFuture.supplyAsync(() -> get(patient, server.url() + "/x"));
        while (server.requests.isEmpty()) {
            Thread.onSpinWait();
        }
        patient.close();
        assertThat(pending).failsWithin(Duration.ofSeconds(5));
    }
}
