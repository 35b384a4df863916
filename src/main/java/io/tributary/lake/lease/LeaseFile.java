package io.tributary.lake.lease;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file of the lease's directory, as a listing shows it: a lease, or somebody who waits for one. Immutable. */
final class LeaseFile {
    private static final Pattern LEASE = Pattern.compile("(\\d{10})-([0-9a-z-]+)\\.lease");
    private static final Pattern WAITING = Pattern.compile("([0-9a-z-]+)\\.waiting");

    private final String name;
    private final long epoch;
    private final String owner;
    private final long modifiedMs;

    private LeaseFile(String name, long epoch, String owner, long modifiedMs) {
        this.name = name;
        this.epoch = epoch;
        this.owner = owner;
        this.modifiedMs = modifiedMs;
    }

    /**
     * @param modifiedMs when it was written last, by the store's clock
     * @return null for any other file
     */
    static LeaseFile of(String name, long modifiedMs) {
        Matcher lease = LEASE.matcher(name);
        if (lease.matches()) {
            return new LeaseFile(name, Long.parseLong(lease.group(1)), lease.group(2), modifiedMs);
        }
        Matcher waiting = WAITING.matcher(name);
        return waiting.matches() ? new LeaseFile(name, -1, waiting.group(1), modifiedMs) : null;
    }

    static String leaseName(long epoch, String owner) {
        return String.format(Locale.ROOT, "%010d-%s.lease", epoch, owner);
    }

    static String waitingName(String owner) {
        return owner + ".waiting";
    }

    boolean isLease() {
        return epoch >= 0;
    }

    String name() {
        return name;
    }

    /** @return the lease's number: each taking of the lease has a higher one; -1 for one who waits */
    long epoch() {
        return epoch;
    }

    String owner() {
        return owner;
    }

    long modifiedMs() {
        return modifiedMs;
    }
}
