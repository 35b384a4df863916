package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoITCase {
    private static final Pattern PAGE = Pattern.compile("status page (\\S+)");

    @TempDir
    Path directory;

    @Test
    void theRecordedChangesAreShownToTheEnd() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        AtomicReference<String> seen = new AtomicReference<>();
        new Demo(directory.resolve("lake"), true, null, new PrintStream(text) {
                    @Override
                    public void print(String line) {
                        super.print(line);
                        if (line.startsWith("sales by venuecity")) {
                            seen.set(page(text.toString(StandardCharsets.UTF_8)));
                        }
                    }
                })
                .run();
        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("Flink's web interface http://127.0.0.1:")
                .contains("first commit after")
                .contains("committed 7,519  dead letters 0")
                .contains("sales by venuecity, 2020-12-31")
                .containsPattern("tickit\\.ecomm\\.sale +3188 ");
        assertThat(seen.get())
                .contains("committed</span><b>7,519</b>", "dead letters</span><b>0</b>")
                .contains(
                        "tickit.ecomm.sale</h2>", "committed</dt><dd>3,545</dd>", "behind the source</dt><dd>recorded")
                .contains("newest window, 2020-12-31T15:20:00Z", "São Paulo</span>")
                .doesNotContain("cannot be written");
    }

    /** With {@code -Dtributary.update-docs=true}: the picture of the README, of a demo with a minute of live changes. */
    @Test
    void theReadmesPictureIsOne() throws Exception {
        Path picture = Path.of("docs/status.png");
        if (Boolean.getBoolean("tributary.update-docs")) {
            Files.write(picture, ofALiveDemo());
        }
        assertThat(Files.readAllBytes(picture)).startsWith(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    }

    private byte[] ofALiveDemo() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        AtomicReference<byte[]> picture = new AtomicReference<>();
        AtomicReference<Demo> demo = new AtomicReference<>();
        PrintStream out = new PrintStream(text) {
            private int live = -1;

            @Override
            public void println(String line) {
                super.println(line);
                live = line.startsWith("now live changes") ? 0 : live < 0 ? live : live + 1;
                if (live == 60) {
                    picture.set(pictureOf(text.toString(StandardCharsets.UTF_8)));
                    demo.get().stop();
                }
            }
        };
        demo.set(new Demo(directory.resolve("lake"), false, null, out));
        demo.get().run();
        return picture.get();
    }

    private byte[] pictureOf(String text) {
        try (HeadlessBrowser browser =
                HeadlessBrowser.start(HeadlessBrowser.find().orElseThrow(), directory.resolve("profile"))) {
            browser.resize(820, 900, 1, false);
            browser.visit(url(text));
            return browser.picture();
        } catch (Exception e) {
            throw new IllegalStateException("no picture of the status page", e);
        }
    }

    private static String page(String text) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url(text))).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (Exception e) {
            throw new IllegalStateException("the status page does not answer", e);
        }
    }

    private static String url(String text) {
        Matcher matcher = PAGE.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
