package io.tributary.lake.commit;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hudi.client.HoodieFlinkWriteClient;
import org.apache.hudi.common.engine.HoodieEngineContext;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieInstant;
import org.apache.hudi.common.util.Option;
import org.apache.hudi.config.HoodieWriteConfig;
import org.apache.hudi.table.HoodieTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hudi's client for a table that has one writer, the lake's lease sees to that. It leaves out what only several would
 * need, and costs requests on S3, one after the other, while readers wait for the commit.
 */
final class OneWriterClient<T> extends HoodieFlinkWriteClient<T> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(OneWriterClient.class);

    private final transient HoodieTableMetaClient meta;

    /** @param meta of the table, not used by others meanwhile; null to open it anew for each thing that is done */
    OneWriterClient(HoodieEngineContext context, HoodieWriteConfig config, HoodieTableMetaClient meta) {
        super(context, config);
        this.meta = meta;
    }

    @Override
    protected HoodieTable createTable(HoodieWriteConfig config, Configuration hadoop) {
        if (meta == null || config.isMetadataTableEnabled()) { // whose partitions are in the table's properties
            return super.createTable(config, hadoop);
        }
        meta.reloadActiveTimeline();
        return createTable(config, hadoop, meta);
    }

    /** Hudi's own opens the table once more, and looks for commits of others that are in conflict with this one. */
    @Override
    protected void preCommit(HoodieInstant inflight, HoodieCommitMetadata metadata) {}

    /** Hudi's own deletes the markers one directory after the other, and looks whether each is there. */
    @Override
    protected void postCommit(
            HoodieTable table, HoodieCommitMetadata metadata, String instant, Option<Map<String, String>> extra) {
        Path markers = new Path(table.getMetaClient().getMarkerFolderPath(instant));
        try {
            fs.delete(markers, true);
        } catch (IOException e) {
            LOG.warn(
                    "The markers of instant {} are left in {}; Hudi deletes them when it archives the instant",
                    instant,
                    markers,
                    e);
        }
    }
}
