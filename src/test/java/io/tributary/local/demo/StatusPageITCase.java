package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page in a real browser, where the machine has one: Debian's package {@code chromium}. */
class StatusPageITCase {
    @TempDir
    Path directory;

    @Test
    void thePageFitsAPhoneAndADeskAndRefreshesItself() throws Exception {
        Optional<Path> program = HeadlessBrowser.find();
        assumeThat(program)
                .as("a Chromium on the PATH; without one only StatusPageTest looks at the page")
                .isPresent();
        AtomicInteger asked = new AtomicInteger();
        try (StatusPage page = StatusPage.start(() -> {
                    asked.incrementAndGet();
                    return Statuses.some();
                });
                HeadlessBrowser browser = HeadlessBrowser.start(program.get(), directory.resolve("profile"))) {
            for (int width : new int[] {360, 1280}) {
                browser.resize(width, 800, 1, width < 500);
                browser.visit(page.url());
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> browser.evaluate("document.body.dataset.refreshed")
                                        .asInt()
                                > 0);
                assertThat(browser.evaluate("innerWidth").asInt()).isEqualTo(width);
                assertThat(browser.evaluate("document.documentElement.scrollWidth")
                                .asInt())
                        .as("nothing sticks out")
                        .isLessThanOrEqualTo(width);
                assertThat(browser.evaluate("document.querySelectorAll('svg rect').length")
                                .asInt())
                        .isEqualTo(64);
                assertThat(browser.evaluate("document.querySelector('.window').innerText")
                                .asText())
                        .contains("São Paulo", Statuses.HOSTILE);
            }
            assertThat(asked).hasValueGreaterThanOrEqualTo(4);
            assertThat(browser.evaluate("document.title").asText()).isEqualTo("Tributary: status");
            assertThat(browser.evaluate("parseFloat(getComputedStyle(document.querySelector('dl')).fontSize)")
                            .asDouble())
                    .as("readable without zooming")
                    .isGreaterThanOrEqualTo(12);
            assertThat(browser.errors())
                    .filteredOn(error -> !error.contains("favicon"))
                    .isEmpty();
        }
    }
}
