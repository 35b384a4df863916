package io.tributary.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The faults of one history, in order. Seeds in a row take turns in the first fault, so that a few of them meet all kinds;
 * the others are drawn.
 *
 * @param onS3 whether the lake is on S3
 * @param wire of all messages; null where it is drawn for each message
 * @param keyMemory {@code Lake.key.filter.memory} where a table is partitioned by a column whose values change (into some 70
 *     partitions, which take their time, on S3 above all); null where none is
 */
record FaultPlan(List<Fault> faults, boolean onS3, WireFormat wire, int buckets, String keyMemory) {
    private static final List<Fault> CHEAP = List.of(
            Fault.TASK_MANAGER_KILL,
            Fault.RESCALE,
            Fault.START_WITHOUT_STATE,
            Fault.REGISTRY_OUTAGE,
            Fault.FULL_DISK,
            Fault.FAILED_COMMITS);

    private static final List<String> KEY_MEMORY = List.of("0 b", "1 kb", "1 mb");

    static FaultPlan of(long seed) {
        Random random = new Random(~seed * 0x9E3779B97F4A7C15L);
        Fault first = Fault.values()[(int) Math.floorMod(seed, Fault.values().length)];
        List<Fault> faults = new ArrayList<>(List.of(first));
        for (int more = random.nextInt(3); more > 0; more--) {
            faults.add(CHEAP.get(random.nextInt(CHEAP.size())));
        }
        WireFormat[] formats = WireFormat.values();
        int format = random.nextInt(formats.length + 1);
        return new FaultPlan(
                List.copyOf(faults),
                first.isOfS3(),
                format == formats.length ? null : formats[format],
                1 + random.nextInt(3),
                random.nextInt(first.isOfS3() ? 4 : 2) > 0 ? null : KEY_MEMORY.get(random.nextInt(KEY_MEMORY.size())));
    }
}
