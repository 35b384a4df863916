import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.JavaConverters;

/**
 * A Spark that reads Hudi tables: {@code SparkRead REQUESTS ANSWERS}. A request is {@code {"name", "path", "options": {},
 * "where"}}, an answer {@code {"name", "columns", "rows", "files"}} with the values as texts, and how many files were read;
 * or {@code {"name", "error"}}. It is run from its source, on a class path that holds Spark and Hudi's bundle and nothing
 * of this project.
 */
class SparkRead {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    public static void main(String[] args) throws Exception {
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .appName("interop")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .config("spark.sql.extensions", "org.apache.spark.sql.hudi.HoodieSparkSessionExtension")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.datetime.java8API.enabled", "true")
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.sql.shuffle.partitions", "1")
                .getOrCreate();
        ArrayNode answers = JSON.createArrayNode();
        for (JsonNode request : JSON.readTree(new File(args[0]))) {
            ObjectNode answer = answers.addObject().put("name", request.path("name").asText());
            try {
                read(spark, request, answer);
            } catch (Exception e) {
                answer.put("error", e.toString());
            }
        }
        JSON.writeValue(new File(args[1]), answers);
        spark.stop();
    }

    private static void read(SparkSession spark, JsonNode request, ObjectNode answer) {
        DataFrameReader reader = spark.read().format("hudi");
        request.path("options").fields().forEachRemaining(option -> reader.option(option.getKey(), option.getValue().asText()));
        Dataset<Row> rows = reader.load(request.path("path").asText()).where(request.path("where").asText());
        for (String column : rows.columns()) {
            answer.withArray("columns").add(column);
        }
        ArrayNode texts = answer.putArray("rows");
        for (Row row : rows.collectAsList()) {
            ArrayNode text = texts.addArray();
            for (int i = 0; i < row.size(); i++) {
                text.add(row.isNullAt(i) ? null : text(row.get(i)));
            }
        }
        answer.put("files", files(rows.queryExecution().executedPlan()));
    }

    /** @return how many files the last run of the plan has read; -1 where the plan does not tell */
    private static long files(SparkPlan plan) {
        long files = -1;
        for (SparkPlan leaf : JavaConverters.seqAsJavaList(plan.collectLeaves())) {
            if (leaf.metrics().contains("numFiles")) {
                files = Math.max(0, files) + leaf.metrics().apply("numFiles").value();
            }
        }
        return files;
    }

    private static String text(Object value) {
        if (value instanceof Instant time) {
            LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
            return (utc.getNano() < 1_000 ? SECONDS : MICROS).format(utc);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Double || value instanceof Float) {
            BigDecimal exact = new BigDecimal(value.toString()).stripTrailingZeros();
            return exact.signum() == 0 ? "0" : exact.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof scala.collection.Seq<?> list) {
            StringJoiner texts = new StringJoiner(",", "{", "}");
            JavaConverters.seqAsJavaList(list).forEach(each -> texts.add(each == null ? "null" : text(each)));
            return texts.toString();
        }
        return value.toString();
    }
}
