package io.tributary.local.query;

import java.io.IOException;
import java.util.List;

/**
 * Aligned columns for a terminal; numbers stand to the right.
 *
 * @param rows a null value is an empty cell
 */
public record TextTable(List<String> header, List<List<String>> rows) {
    /** Writes header, rule and rows, each with a line end. */
    public void write(Appendable out) throws IOException {
        int[] widths = new int[header.size()];
        boolean[] numeric = new boolean[header.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> cell(row.get(column)).length())
                    .reduce(header.get(i).length(), Math::max);
            numeric[i] = !rows.isEmpty() && rows.stream().allMatch(row -> isNumber(row.get(column)));
        }
        line(header, widths, numeric, out);
        for (int i = 0; i < widths.length; i++) {
            out.append(i == 0 ? "" : "  ").append("-".repeat(widths[i]));
        }
        out.append('\n');
        for (List<String> row : rows) {
            line(row, widths, numeric, out);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        try {
            write(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void line(List<String> values, int[] widths, boolean[] numeric, Appendable out) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            String value = cell(values.get(i));
            String padding = " ".repeat(widths[i] - value.length());
            line.append(i == 0 ? "" : "  ").append(numeric[i] ? padding + value : value + padding);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static String cell(String value) {
        return value == null ? "" : value.replace("\r", "\\r").replace("\n", "\\n");
    }

    private static boolean isNumber(String value) {
        return value == null || value.matches("-?\\d[\\d,]*(\\.\\d+)?");
    }
}
