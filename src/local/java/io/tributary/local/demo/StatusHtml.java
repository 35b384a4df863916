package io.tributary.local.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The status page as HTML that needs nothing else: no script to be readable, no file, no font, no other server. */
final class StatusHtml {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 90;
    private static final long DAY_MS = 86_400_000;

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Tributary: status</title>
            <noscript><meta http-equiv="refresh" content="3"></noscript>
            <style>
            :root { color-scheme: light dark; --ink: #14213d; --soft: #5b6577; --line: #d8dee8; --card: #ffffff; --page: #f3f5f9; --bar: #2563eb; --bad: #c1121f; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf4; --soft: #9aa5b8; --line: #313a4b; --card: #1a2130; --page: #10151f; --bar: #6ea0ff; --bad: #ff8a8a; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; padding: 12px; max-width: 1000px; background: var(--page); color: var(--ink); font: 15px/1.4 system-ui, sans-serif; }
            h1 { font-size: 20px; margin: 4px 0 12px; }
            h2 { font-size: 15px; margin: 0 0 8px; }
            .grid { display: grid; gap: 10px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); margin-bottom: 10px; }
            .facts { grid-template-columns: repeat(auto-fit, minmax(118px, 1fr)); }
            .card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; min-width: 0; }
            .fact b { display: block; font-size: 18px; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
            .soft { color: var(--soft); font-size: 13px; font-weight: normal; }
            .bad { color: var(--bad); }
            svg { display: block; width: 100%; height: auto; }
            svg rect { fill: var(--bar); }
            svg rect.cut { fill: var(--soft); }
            dl { display: grid; grid-template-columns: auto 1fr; gap: 1px 10px; margin: 4px 0 0; font-size: 13px; }
            dt { color: var(--soft); }
            dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
            .name { overflow-wrap: anywhere; }
            .row { display: grid; grid-template-columns: minmax(0, 34%) 1fr auto; gap: 8px; align-items: center; margin: 3px 0; font-size: 14px; }
            .row i { display: block; height: 12px; min-width: 1px; background: var(--bar); border-radius: 2px; }
            .row span:last-child { font-variant-numeric: tabular-nums; }
            </style>
            </head>
            <body>
            <h1>Tributary</h1>
            <main>
            """;

    private static final String TAIL = """
            </main>
            <script>
            let times = 0;
            setInterval(async () => {
              try {
                const answer = await fetch('now');
                if (!answer.ok) throw new Error(answer.status);
                document.querySelector('main').innerHTML = await answer.text();
                document.body.dataset.refreshed = ++times;
              } catch (e) {
                document.querySelector('h1').textContent = 'Tributary: the demo has ended';
              }
            }, 1000);
            </script>
            </body>
            </html>
            """;

    private StatusHtml() {}

    static String page(Status status) {
        return HEAD + body(status) + TAIL;
    }

    /** @return what is inside of the page's {@code main} */
    static String body(Status status) {
        StringBuilder html = new StringBuilder();
        html.append("<div class=\"grid facts\">");
        fact(html, "committed", number(status.committed()), false);
        fact(html, "read", number(status.read()), false);
        fact(html, "dead letters", number(status.deadLetters()), status.deadLetters() > 0);
        fact(html, "freshness", status.freshness(), false);
        fact(html, "last checkpoint", millis(status.checkpointAgeMs()) + " ago", status.checkpointAgeMs() > 60_000);
        fact(html, "running for", status.seconds() + " s", false);
        html.append("</div>\n<div class=\"grid\">");
        long usual = usual(status.perSecond());
        chart(html, "throughput", "changes committed per second", status.perSecond(), usual, StatusHtml::number);
        chart(
                html,
                "freshness",
                "age of the oldest change in a commit",
                status.freshnessMs(),
                Long.MAX_VALUE,
                StatusHtml::millis);
        html.append("</div>\n");
        if (status.window() != null) {
            html.append("<div class=\"grid\">");
            window(html, status.window());
            windows(html, status.window());
            html.append("</div>\n");
        }
        html.append("<div class=\"grid tables\">");
        status.tables().forEach(table -> table(html, table));
        return html.append("</div>\n").toString();
    }

    /** @return as text between tags and in attributes */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static void fact(StringBuilder html, String what, String value, boolean bad) {
        html.append("<div class=\"card fact\"><span class=\"soft\">")
                .append(what)
                .append("</span><b")
                .append(bad ? " class=\"bad\">" : ">")
                .append(escape(value))
                .append("</b></div>");
    }

    private interface Label {
        String of(long value);
    }

    /** @return twice what is usual: the start, with all that was there before, would leave the rest without any height */
    private static long usual(List<Long> values) {
        long[] sorted = values.stream()
                .mapToLong(Long::longValue)
                .filter(value -> value > 0)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Long.MAX_VALUE : 2 * sorted[(sorted.length - 1) * 9 / 10];
    }

    /**
     * Bars of the last values, the newest at the right; a negative value has none.
     *
     * @param limit a bar of a larger value is cut off there, and has another colour
     */
    private static void chart(
            StringBuilder html, String name, String what, List<Long> values, long limit, Label label) {
        long most = values.stream().mapToLong(Long::longValue).max().orElse(0);
        long top = Math.max(1, Math.min(most, limit));
        double step = (double) WIDTH / Math.max(30, values.size());
        html.append("<figure class=\"card\" style=\"margin:0\"><h2>")
                .append(name)
                .append(" <span class=\"soft\">")
                .append(escape(what))
                .append(", at most ")
                .append(escape(most < 0 ? "-" : label.of(most)))
                .append("</span></h2><svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"")
                .append(name)
                .append("\">");
        for (int i = 0; i < values.size(); i++) {
            long value = values.get(i);
            if (value >= 0) {
                double height = Math.max(1, Math.min(1, (double) value / top) * HEIGHT);
                html.append(String.format(
                        Locale.ROOT,
                        "<rect%s x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                        value > top ? " class=\"cut\"" : "",
                        WIDTH - (values.size() - i) * step,
                        HEIGHT - height,
                        Math.max(0.5, step - 0.6),
                        height));
            }
        }
        html.append("</svg></figure>");
    }

    private static void window(StringBuilder html, NewestWindow.Window window) {
        html.append("<section class=\"card window\"><h2>sales by ")
                .append(escape(window.group()))
                .append(" <span class=\"soft\">newest window, ")
                .append(escape(window.start()))
                .append(" to ")
                .append(escape(window.end()))
                .append(", ")
                .append(window.largest().size())
                .append(" of ")
                .append(window.groups())
                .append(" groups</span></h2>");
        BigDecimal most = window.largest().get(0).sales().max(BigDecimal.ONE);
        for (NewestWindow.Figure figure : window.largest()) {
            html.append(String.format(
                    Locale.ROOT,
                    "<div class=\"row\"><span class=\"name\">%s</span><i style=\"width:%.1f%%\"></i><span>%s</span></div>",
                    escape(figure.name()),
                    Math.max(0, 100 * figure.sales().doubleValue() / most.doubleValue()),
                    figure.sales().toPlainString()));
        }
        html.append("</section>\n");
    }

    private static void windows(StringBuilder html, NewestWindow.Window window) {
        List<Long> sums = window.newest().values().stream()
                .map(sum -> Math.max(0, sum.longValue()))
                .toList();
        String what = "sum of each of the newest " + sums.size() + ", from "
                + window.newest().firstKey();
        chart(html, "windows", what, sums, Long.MAX_VALUE, StatusHtml::number);
    }

    private static void table(StringBuilder html, Status.Table table) {
        html.append("<section class=\"card table\"><h2 class=\"name\">").append(escape(table.name()));
        if (table.unwritable()) {
            html.append(" <span class=\"bad\">cannot be written</span>");
        }
        html.append("</h2><dl>");
        line(html, "changes", number(table.changes()));
        line(html, "committed", number(table.applied()));
        line(html, "commits", number(table.commits()));
        line(html, "behind the source", age(table.lagMs()));
        line(html, "freshness", age(table.freshnessMs()));
        line(html, "rows rewritten per change", String.format(Locale.ROOT, "%,.1f", table.rewritten()));
        line(html, "written", size(table.bytes()));
        html.append("</dl></section>");
    }

    private static void line(StringBuilder html, String what, String value) {
        html.append("<dt>")
                .append(what)
                .append("</dt><dd>")
                .append(escape(value))
                .append("</dd>");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Recorded changes are as old as their recording, which says nothing of the job. */
    private static String age(long ms) {
        return ms > DAY_MS ? "recorded" : millis(ms);
    }

    private static String millis(long ms) {
        if (ms < 0) {
            return "-";
        }
        return ms < 10_000 ? String.format(Locale.ROOT, "%.1f s", ms / 1_000.0) : number(ms / 1_000) + " s";
    }

    private static String size(long bytes) {
        return bytes < 1_000_000 ? number(bytes / 1_000) + " kB" : number(bytes / 1_000_000) + " MB";
    }
}
