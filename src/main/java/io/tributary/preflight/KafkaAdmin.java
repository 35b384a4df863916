package io.tributary.preflight;

import io.tributary.config.TributaryConfig;
import io.tributary.source.KafkaClientProperties;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Kafka's admin client with short waits: a broker that does not answer is a finding. */
final class KafkaAdmin {
    private static final int TIMEOUT_MS = 8_000;

    private KafkaAdmin() {}

    /** @return a client with the job's own authentication; the caller closes it */
    static Admin create(TributaryConfig config) {
        Properties properties = KafkaClientProperties.client(config);
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "tributary-preflight");
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        return Admin.create(properties);
    }

    static Map<TopicPartition, Long> offsets(Admin admin, Collection<TopicPartition> partitions, OffsetSpec which)
            throws Exception {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        Map<TopicPartition, Long> offsets = new TreeMap<>(SourceTopics.BY_NAME);
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> offset :
                admin.listOffsets(asked).all().get().entrySet()) {
            offsets.put(offset.getKey(), offset.getValue().offset());
        }
        return offsets;
    }
}
