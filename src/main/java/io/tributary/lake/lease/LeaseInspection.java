package io.tributary.lake.lease;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** A look at a lake's lease by one who does not want it. */
public final class LeaseInspection {
    private LeaseInspection() {}

    /**
     * Time is that of this machine, which may be some seconds off the store's.
     *
     * @param lake its directory
     * @return who holds the lease, for people; those that have certainly ended, or have let it expire, are left out
     */
    public static List<String> holders(String lake, Configuration hadoop) throws IOException {
        LeaseStore store = new LeaseDirectory(lake, hadoop);
        List<String> holders = new ArrayList<>();
        for (LeaseFile file : store.list()) {
            byte[] content = file.isLease() ? store.read(file.name()) : null;
            if (content != null) {
                LeaseOwner owner = LeaseOwner.of(content);
                long ageMs = System.currentTimeMillis() - file.modifiedMs();
                if (!owner.isGone() && ageMs <= owner.durationMs()) {
                    holders.add(owner + ", last heartbeat " + Math.max(0, ageMs) / 1000 + " s ago");
                }
            }
        }
        return holders;
    }
}
