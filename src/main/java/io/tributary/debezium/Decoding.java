package io.tributary.debezium;

import io.tributary.config.NameList;
import io.tributary.config.RegistryOptions;
import io.tributary.config.TableOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.format.WireDecoders;
import io.tributary.source.RawRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** From raw messages to change events: one operator, with {@link DecodeFunction#DEAD_LETTERS} to its side. */
public final class Decoding {
    public static final String UID = "decode";

    private Decoding() {}

    /** Adds the decode operator to the job. */
    public static SingleOutputStreamOperator<ChangeEvent> attach(
            DataStream<RawRecord> records, TributaryConfig config) {
        Map<String, List<String>> keys = new HashMap<>();
        config.groups(TableOptions.GROUP)
                .forEach((table, options) ->
                        options.getOptional(TableOptions.KEY).ifPresent(key -> keys.put(table, NameList.split(key))));
        return records.process(
                        new DecodeFunction(
                                WireDecoders.create(config.group(RegistryOptions.GROUP)),
                                keys,
                                new DecodeLimits(config)),
                        ChangeEvent.TYPE)
                .uid(UID)
                .name(UID);
    }
}
