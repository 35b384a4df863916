package io.tributary.local.bench;

import io.tributary.config.TributaryConfig;
import io.tributary.local.job.JobSettings;
import io.tributary.local.job.LocalJob;
import org.apache.flink.configuration.Configuration;

/** Starts this project's job, with the settings of a first start. */
final class TributaryRun {
    private TributaryRun() {}

    static LocalJob start(RunSpec spec, Configuration flink) {
        TributaryConfig config = new JobSettings()
                .set("Source.bootstrap.servers", spec.bootstrapServers())
                .set("Source.topic.pattern", LoadTable.SERVER + "\\..*")
                .set("Source.start", spec.fromTimestamp() < 0 ? "earliest" : "timestamp:" + spec.fromTimestamp())
                .set("SchemaRegistry.url", spec.registryUrl())
                .set("Lake.path", "file://" + spec.lake())
                .setAll(spec.settings())
                .load();
        return LocalJob.start(config, flink, spec.parallelism());
    }
}
