package io.tributary.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;

class GrowthTest {
    @TempDir
    Path directory;

    private static GrowthSeries series(String name, String... figures) {
        TreeMap<Integer, Map<String, Double>> runs = new TreeMap<>();
        for (int size : new int[] {7, 50}) {
            TreeMap<String, Double> values = new TreeMap<>();
            for (String figure : figures) {
                values.put(figure, size * 1.5);
            }
            runs.put(size, values);
        }
        return new GrowthSeries(name, "tables", runs);
    }

    @Test
    void aTableHasAColumnForEachSize() {
        assertThat(Growth.table(series(Growth.TABLES, "threads")).toString())
                .isEqualToIgnoringWhitespace("7 tables 50 tables ------- -------- --------- threads 10.50 75");
    }

    @Test
    void theJsonHasEachSizesFigures() throws Exception {
        Path file = directory.resolve("new").resolve("growth.json");
        BenchResults.writeJson(List.of(series(Growth.TABLES, "threads")), file);
        JsonNode read = new ObjectMapper().readTree(file.toFile()).get(0);
        assertThat(read.get("name").asText()).isEqualTo(Growth.TABLES);
        assertThat(read.at("/figures/50/threads").asDouble()).isEqualTo(75);
    }

    @Test
    void theChartIsAPictureOfAllSeries() throws Exception {
        Path file = directory.resolve("growth.svg");
        List<GrowthSeries> all = List.of(
                series(Growth.TABLES, "live heap, MB", "threads", "checkpoint p50, ms"),
                series(Growth.TABLES_7_ACTIVE, "live heap, MB", "threads", "ckpt p50, ms"),
                series(Growth.ROWS, "ckpt p50, ms"),
                series(Growth.SLOTS, "rows/s, first read to last commit"),
                series(Growth.INTERVAL, "CPU s"));
        GrowthChart.write(all, file);
        NodeList lines = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getElementsByTagName("polyline");
        assertThat(lines.getLength()).isEqualTo(9);
        assertThat(lines.item(0).getAttributes().getNamedItem("points").getNodeValue())
                .as("10.5 and 75 of 80, from the left end to the right one")
                .isEqualTo("72.0,179.8 326.0,55.6");
        assertThatThrownBy(() -> GrowthChart.write(List.of(series(Growth.SLOTS, "threads")), file))
                .hasMessageContaining("rows/s");
    }
}
