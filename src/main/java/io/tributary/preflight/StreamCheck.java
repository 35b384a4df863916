package io.tributary.preflight;

import io.tributary.config.TributaryConfig;
import io.tributary.source.kinesis.KinesisSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether Kinesis answers, and the streams are there. */
final class StreamCheck implements Check {
    private final TributaryConfig config;

    StreamCheck(TributaryConfig config) {
        this.config = config;
    }

    @Override
    public String subject() {
        return "source";
    }

    @Override
    public List<Finding> run() throws Exception {
        try {
            List<Finding> found = new ArrayList<>();
            for (Map.Entry<String, Integer> stream :
                    KinesisSources.shardCounts(config).entrySet()) {
                found.add(Finding.pass(
                        subject(), "stream " + stream.getKey() + ", " + stream.getValue() + " shards with records"));
            }
            return found;
        } catch (RuntimeException e) {
            return List.of(Finding.fail(
                    subject(),
                    "Kinesis refuses or does not answer (" + Causes.text(e) + ")",
                    "check Source.stream.arns, Source.endpoint, the credentials, and the permissions"
                            + " kinesis:DescribeStreamSummary and kinesis:ListShards"));
        }
    }
}
