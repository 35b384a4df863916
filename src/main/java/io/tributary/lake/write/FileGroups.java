package io.tributary.lake.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hudi.client.common.HoodieFlinkEngineContext;
import org.apache.hudi.common.config.HoodieMetadataConfig;
import org.apache.hudi.common.fs.FSUtils;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.view.HoodieTableFileSystemView;
import org.apache.hudi.index.bucket.BucketIdentifier;

/**
 * The newest base file of each bucket of a table, by partition: read from the table once, then kept up by its writer,
 * which is the only one that writes the bucket. Not thread-safe, but for reading.
 */
final class FileGroups {
    private final Map<String, TreeMap<Integer, BaseFile>> files = new HashMap<>();

    /** Reads what is committed. */
    static FileGroups load(Configuration hadoop, String basePath) throws IOException {
        FileGroups groups = new FileGroups();
        HoodieTableMetaClient meta = HoodieTableMetaClient.builder()
                .setConf(hadoop)
                .setBasePath(basePath)
                .setLoadActiveTimelineOnLoad(true)
                .build();
        HoodieTableFileSystemView view =
                new HoodieTableFileSystemView(meta, meta.getCommitsTimeline().filterCompletedInstants());
        try {
            HoodieMetadataConfig listing =
                    HoodieMetadataConfig.newBuilder().enable(false).build();
            for (String partition :
                    FSUtils.getAllPartitionPaths(new HoodieFlinkEngineContext(hadoop), listing, basePath)) {
                view.getLatestBaseFiles(partition)
                        .forEach(file -> groups.put(
                                partition,
                                new BaseFile(
                                        file.getFileId(),
                                        file.getPath(),
                                        file.getCommitTime(),
                                        file.getFileSize(),
                                        null)));
            }
        } finally {
            view.close();
        }
        return groups;
    }

    /** @return the newest file of the bucket, or null */
    BaseFile get(String partition, int bucket) {
        TreeMap<Integer, BaseFile> buckets = files.get(partition);
        return buckets == null ? null : buckets.get(bucket);
    }

    /** @return the newest files of each partition */
    Map<String, List<BaseFile>> all() {
        Map<String, List<BaseFile>> all = new TreeMap<>();
        files.forEach((partition, buckets) -> all.put(partition, new ArrayList<>(buckets.values())));
        return all;
    }

    /** @return the file that was the bucket's newest, or null */
    BaseFile put(String partition, BaseFile file) {
        return files.computeIfAbsent(partition, key -> new TreeMap<>())
                .put(BucketIdentifier.bucketIdFromFileId(file.fileId()), file);
    }

    /** @return the newest files of a bucket by partition */
    Map<String, BaseFile> ofBucket(int bucket) {
        Map<String, BaseFile> found = new TreeMap<>();
        files.forEach((partition, buckets) -> {
            if (buckets.containsKey(bucket)) {
                found.put(partition, buckets.get(bucket));
            }
        });
        return found;
    }
}
