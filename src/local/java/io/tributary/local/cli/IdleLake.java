package io.tributary.local.cli;

import io.tributary.config.LakeOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.debezium.TableId;
import io.tributary.lake.lease.LeaseKeeper;
import io.tributary.lake.lease.LeaseListener;
import io.tributary.lake.lease.LeaseTerms;
import io.tributary.lake.write.TableLayout;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;

/** A lake whose job is stopped, for commands that write a table of it: they hold the lake's lease as a job does. */
public final class IdleLake {
    private final TributaryConfig config;
    private final TableLayout layout;

    /**
     * @param lake as the user writes it
     * @param settings {@code Lake.*} that the job has too
     * @throws UsageException for settings of other groups
     */
    public IdleLake(String lake, Map<String, String> settings) {
        Map<String, String> group = new TreeMap<>();
        settings.forEach((key, value) -> {
            if (!key.startsWith(LakeOptions.GROUP + ".")) {
                throw new UsageException("--set " + key + " means nothing here; known: Lake.*");
            }
            group.put(key.substring(LakeOptions.GROUP.length() + 1), value);
        });
        group.put(LakeOptions.PATH.key(), LakeAddress.of(lake));
        config = new TributaryConfig(Map.of(LakeOptions.GROUP, Configuration.fromMap(group)));
        layout = new TableLayout(config);
    }

    public TableLayout layout() {
        return layout;
    }

    /** @throws UsageException where that is no full name of a table, {@code server.schema.table} */
    public static TableId table(String name) {
        String[] parts = name.split("\\.");
        if (parts.length < 2 || name.contains(" ")) {
            throw new UsageException("A table's full name (server.schema.table) is due, not \"" + name + "\"");
        }
        String last = parts[parts.length - 1];
        String schema =
                parts.length == 2 ? null : name.substring(parts[0].length() + 1, name.length() - last.length() - 1);
        return new TableId(parts[0], null, schema, last);
    }

    /**
     * @param command that takes the lease, for those who find it taken
     * @return the lease, held; the caller gives it back by closing it
     * @throws CommandException where another holds it
     */
    public LeaseKeeper lease(String command) throws IOException, InterruptedException {
        LeaseKeeper lease = LeaseKeeper.of(layout.lake(), layout.hadoop(), LeaseTerms.of(config), command);
        CompletableFuture<Void> held = new CompletableFuture<>();
        lease.start(new LeaseListener() {
            @Override
            public void taken() {
                held.complete(null);
            }

            @Override
            public void refused(IOException why) {
                held.completeExceptionally(why);
            }
        });
        try {
            held.get();
            return lease;
        } catch (ExecutionException e) {
            lease.close();
            throw new CommandException("The lake is in use; stop its job first", e.getCause());
        } catch (InterruptedException e) {
            lease.close();
            throw e;
        }
    }
}
