package io.tributary.lake.write;

import io.tributary.lake.Changes;
import io.tributary.local.stack.LocalS3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.statistics.IOStatisticsSource;

/**
 * How many requests to S3 a commit of one table takes, cleaning and archiving included: by the counters of Hadoop's
 * client, against a stand-in. Kept, not run with the tests: the command is in docs/sizing.md.
 */
public final class S3RequestBenchmark {
    private static final int SETTLING = 40;
    private static final int COMMITS = 60;
    private static final int KEYS = 64;
    /** Hadoop's names of its counters, and what S3 bills them as. */
    private static final Map<String, String> KINDS = kinds();

    private S3RequestBenchmark() {}

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("object_put_request", "PUT");
        kinds.put("object_copy_requests", "COPY");
        kinds.put("object_multipart_initiated", "POST");
        kinds.put("object_list_request", "LIST");
        kinds.put("object_continue_list_request", "LIST");
        kinds.put("action_http_get_request", "GET");
        kinds.put("object_metadata_request", "HEAD");
        kinds.put("object_delete_request", "DELETE");
        kinds.put("object_bulk_delete_request", "DELETE");
        return kinds;
    }

    /** @param args the numbers of buckets; 1, 4 and 16 where there are none */
    public static void main(String[] args) throws Exception {
        try (LocalS3 s3 = LocalS3.started()) {
            s3.createBucket("lake");
            for (String buckets : args.length == 0 ? new String[] {"1", "4", "16"} : args) {
                measure(s3, Integer.parseInt(buckets));
            }
        }
        System.exit(0);
    }

    private static void measure(LocalS3 s3, int buckets) throws IOException {
        Changes changes = Changes.of("item", "id \"int\"", "name " + Changes.NULLABLE_TEXT);
        Map<String, String> options = new HashMap<>();
        s3.s3aSettings().forEach((key, value) -> options.put("hadoop." + key, value));
        options.put("path", "s3a://lake/" + buckets);
        options.put("buckets", Integer.toString(buckets));
        SmallLake lake = new SmallLake(Path.of("/"), changes.table(), options, Map.of());
        FileSystem fs = new org.apache.hadoop.fs.Path(
                        lake.layout.path(changes.table().fullName()))
                .getFileSystem(lake.layout.hadoop().configuration());
        Map<String, Long> before = Map.of();
        for (int commit = 0; commit < SETTLING + COMMITS; commit++) {
            if (commit == SETTLING) {
                before = counters(fs);
            }
            for (int key = 0; key < KEYS; key++) {
                lake.add(changes.upsert(1 + commit, key, "name " + commit));
            }
            lake.flush().commit().maintain();
        }
        Map<String, Double> requests = new LinkedHashMap<>();
        double all = 0;
        for (Map.Entry<String, Long> counter : counters(fs).entrySet()) {
            double each = (counter.getValue() - before.get(counter.getKey())) / (double) COMMITS;
            requests.merge(KINDS.get(counter.getKey()), each, Double::sum);
            all += each;
        }
        StringBuilder line = new StringBuilder();
        requests.entrySet().stream()
                .filter(kind -> kind.getValue() > 0)
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .forEach(kind -> line.append(String.format("  %s %.1f", kind.getKey(), kind.getValue())));
        System.out.printf("%d files a commit: %.1f requests:%s%n", buckets, all, line);
    }

    private static Map<String, Long> counters(FileSystem fs) {
        Map<String, Long> all = ((IOStatisticsSource) fs).getIOStatistics().counters();
        Map<String, Long> counters = new LinkedHashMap<>();
        KINDS.keySet().forEach(name -> counters.put(name, all.getOrDefault(name, 0L)));
        return counters;
    }
}
