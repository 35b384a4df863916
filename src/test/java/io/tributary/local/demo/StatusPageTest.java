package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class StatusPageTest {
    private final StatusPage page = StatusPage.start(Statuses::some);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        page.close();
    }

    @Test
    void thePageTellsOfTablesFreshnessThroughputAndWindows() throws Exception {
        HttpResponse<String> answer = get("");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        Document main = main(answer.body());
        assertThat(text(main, "//*[contains(@class,'facts')]"))
                .contains(
                        "committed7,519", "dead letters3", "freshnessp50 1.2 s, p99 2.0 s", "last checkpoint0.9 s ago");
        assertThat(text(main, "count(//svg[@aria-label='throughput']/rect)")).isEqualTo("60");
        assertThat(text(main, "count(//rect[@class='cut'])"))
                .as("the one of the start")
                .isEqualTo("1");
        assertThat(text(main, "count(//svg[@aria-label='freshness']/rect)"))
                .as("no bar without a commit")
                .isEqualTo("2");
        assertThat(text(main, "count(//svg[@aria-label='windows']/rect)")).isEqualTo("2");
        assertThat(text(main, "//section[contains(@class,'window')]/div[1]")).isEqualTo("São Paulo11175.52");
        assertThat(text(main, "//section[contains(@class,'window')]/div[2]/span"))
                .isEqualTo(Statuses.HOSTILE);
        assertThat(text(main, "count(//section[contains(@class,'table')])")).isEqualTo("2");
        assertThat(text(main, "//section[contains(@class,'table')][1]//h2")).isEqualTo("tickit.ecomm.sale");
        assertThat(text(main, "//section[contains(@class,'table')][1]//dl"))
                .contains("committed3,545commits70", "freshness1.2 s", "rows rewritten per change63.5", "written91 MB");
        assertThat(text(main, "//section[contains(@class,'table')][2]//h2")).endsWith("cannot be written");
    }

    @Test
    void whatThePageAsksForIsItsInside() throws Exception {
        assertThat(get("now").body()).isNotBlank().doesNotContain("<html");
        assertThat(get("").body()).contains(get("now").body());
    }

    @Test
    void nothingElseIsAnswered() throws Exception {
        assertThat(get("../etc/passwd").statusCode()).isEqualTo(404);
        assertThat(client.send(
                                HttpRequest.newBuilder(URI.create(page.url()))
                                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .doesNotContain("tickit");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(page.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", URI.create(page.url()).getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Document main(String html) throws Exception {
        String main = html.substring(html.indexOf("<main>"), html.indexOf("</main>") + "</main>".length());
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(main)));
    }

    private static String text(Document document, String path) throws Exception {
        XPath xpath = XPathFactory.newInstance().newXPath();
        return xpath.evaluate(path, document).strip();
    }
}
