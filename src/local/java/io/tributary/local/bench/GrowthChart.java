package io.tributary.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What grows with what, as one SVG picture of six charts: sizes on a logarithmic axis, figures from zero on. Written as
 * text, since drawing libraries for Java want fonts, which a server may not have.
 */
final class GrowthChart {
    private static final int COLUMNS = 3;
    private static final int WIDTH = 360;
    private static final int HEIGHT = 240;
    private static final int LEFT = 62;
    private static final int RIGHT = 24;
    private static final int TOP = 46;
    private static final int BOTTOM = 40;
    private static final int RULES = 4;
    private static final List<String> COLORS = List.of("#2563eb", "#d97706");

    /**
     * One of the charts.
     *
     * @param figures of which the first that a series has is drawn
     * @param from the series that are drawn, by name
     */
    private record Panel(String title, List<String> figures, List<String> from) {}

    private static final List<String> OF_TABLES = List.of(Growth.TABLES, Growth.TABLES_7_ACTIVE);

    private static final List<Panel> PANELS = List.of(
            new Panel("live heap, MB", List.of("live heap, MB"), OF_TABLES),
            new Panel("threads", List.of("threads"), OF_TABLES),
            new Panel("checkpoint p50, ms", List.of("checkpoint p50, ms", "ckpt p50, ms"), OF_TABLES),
            new Panel("checkpoint p50, ms; 100 changes/s", List.of("ckpt p50, ms"), List.of(Growth.ROWS)),
            new Panel("snapshot, rows/s", List.of("rows/s, first read to last commit"), List.of(Growth.SLOTS)),
            new Panel("CPU s, " + Growth.INTERVAL_LOAD, List.of("CPU s"), List.of(Growth.INTERVAL)));

    private GrowthChart() {}

    /**
     * @param file in a directory that is there
     * @throws IllegalArgumentException where a run lacks a figure that is drawn
     */
    static void write(List<GrowthSeries> series, Path file) throws IOException {
        int lines = (PANELS.size() + COLUMNS - 1) / COLUMNS;
        StringBuilder svg = new StringBuilder(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                COLUMNS * WIDTH,
                lines * HEIGHT,
                "What the job takes with more tables, rows, slots and time between checkpoints"));
        svg.append("<style>text { font: 11px Helvetica, Arial, sans-serif; fill: #475569; }"
                + " .title { font-size: 13px; font-weight: 600; fill: #14213d; } .end { text-anchor: end; }"
                + " .middle { text-anchor: middle; } .rule { stroke: #e2e8f0; }</style>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int i = 0; i < PANELS.size(); i++) {
            Panel panel = PANELS.get(i);
            List<GrowthSeries> drawn = series.stream()
                    .filter(each -> panel.from().contains(each.name()))
                    .toList();
            if (!drawn.isEmpty()) {
                svg.append(text("<g transform=\"translate(%d %d)\">%n", i % COLUMNS * WIDTH, i / COLUMNS * HEIGHT));
                chart(panel, drawn, svg);
                svg.append("</g>\n");
            }
        }
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private static void chart(Panel panel, List<GrowthSeries> drawn, StringBuilder svg) {
        double least = Double.MAX_VALUE;
        double most = 0;
        double highest = 0;
        for (GrowthSeries series : drawn) {
            least = Math.min(least, series.figures().firstKey());
            most = Math.max(most, series.figures().lastKey());
            for (Map<String, Double> figures : series.figures().values()) {
                highest = Math.max(highest, value(panel, figures));
            }
        }
        double top = nice(highest);
        svg.append(text("<text class=\"title\" x=\"%d\" y=\"18\">%s</text>%n", LEFT, panel.title()));
        for (int rule = 0; rule <= RULES; rule++) {
            double value = top * rule / RULES;
            double y = y(value, top);
            svg.append(text(
                    "<line class=\"rule\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            + "<text class=\"end\" x=\"%d\" y=\"%.1f\">%s</text>%n",
                    LEFT, WIDTH - RIGHT, y, y, LEFT - 6, y + 4, BenchResults.number(value)));
        }
        for (int i = 0; i < drawn.size(); i++) {
            line(panel, drawn.get(i), COLORS.get(i), least, most, top, svg);
            if (drawn.size() > 1) {
                svg.append(text(
                        "<text x=\"%d\" y=\"34\" style=\"fill: %s\">%s</text>%n",
                        LEFT + i * 140, COLORS.get(i), drawn.get(i).name()));
            }
        }
        for (int size : drawn.get(0).figures().keySet()) {
            svg.append(text(
                    "<text class=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>%n",
                    x(size, least, most), HEIGHT - BOTTOM + 16, BenchResults.number(size)));
        }
        svg.append(text(
                "<text class=\"middle\" x=\"%d\" y=\"%d\">%s</text>%n",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 32, drawn.get(0).size()));
    }

    private static void line(
            Panel panel, GrowthSeries series, String color, double least, double most, double top, StringBuilder svg) {
        List<String> points = new ArrayList<>();
        series.figures().forEach((size, figures) -> {
            double x = x(size, least, most);
            double y = y(value(panel, figures), top);
            points.add(text("%.1f,%.1f", x, y));
            svg.append(text("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", x, y, color));
        });
        svg.append(text(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                String.join(" ", points), color));
    }

    private static double x(double size, double least, double most) {
        return LEFT + 10 + (WIDTH - RIGHT - LEFT - 20) * Math.log(size / least) / Math.log(most / least);
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top;
    }

    /** @return the least of 1, 2, 4 and 8 times a power of ten that is not below the value; 1 for zero */
    private static double nice(double value) {
        double power = value <= 0 ? 1 : Math.pow(10, Math.floor(Math.log10(value)));
        for (int times : new int[] {1, 2, 4, 8}) {
            if (times * power >= value) {
                return times * power;
            }
        }
        return 10 * power;
    }

    private static double value(Panel panel, Map<String, Double> figures) {
        return panel.figures().stream()
                .filter(figures::containsKey)
                .map(figures::get)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a run has none of " + panel.figures() + ", only " + figures.keySet()));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
