package io.tributary.lake.write;

import io.tributary.config.LakeOptions;
import io.tributary.config.LakeOptions.DeleteMode;
import io.tributary.config.LakeOptions.EvolutionPolicy;
import io.tributary.config.LakeOptions.UnwritablePolicy;
import io.tributary.config.NameList;
import io.tributary.config.TableOptions;
import io.tributary.config.TributaryConfig;
import io.tributary.lake.fs.HadoopSettings;
import io.tributary.lake.fs.LakePath;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** How the lake's tables are laid out: where, in how many buckets, partitioned by what. Immutable. */
public final class TableLayout implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int FEWEST_COMMITS = 10;
    /** Each is three files on the timeline, which a reader lists. */
    private static final int MOST_COMMITS = 500;

    private final String lake;
    private final int buckets;
    private final int retainedCommits;
    private final DeleteMode deleteMode;
    private final EvolutionPolicy evolution;
    private final HashMap<String, EvolutionPolicy> evolutionByTable = new HashMap<>();
    private final UnwritablePolicy unwritable;
    private final HashMap<String, UnwritablePolicy> unwritableByTable = new HashMap<>();
    private final HashMap<String, Integer> bucketsByTable = new HashMap<>();
    private final HashMap<String, ArrayList<String>> partitionsByTable = new HashMap<>();
    private final HashMap<String, String> hudiOptions;
    private final HashMap<String, HashMap<String, String>> hudiOptionsByTable = new HashMap<>();
    private final HadoopSettings hadoop;

    /** Of a job with a checkpoint each minute, the service's default. */
    public TableLayout(TributaryConfig config) {
        this(config, Duration.ofMinutes(1));
    }

    /** @param checkpointInterval between two commits of a table that is written all the time */
    public TableLayout(TributaryConfig config, Duration checkpointInterval) {
        Configuration group = config.group(LakeOptions.GROUP);
        this.lake = LakePath.normalize(group.get(LakeOptions.PATH));
        this.buckets = group.get(LakeOptions.BUCKETS);
        long fitting = group.get(LakeOptions.RETENTION).toMillis() / Math.max(1, checkpointInterval.toMillis());
        this.retainedCommits = (int) Math.max(FEWEST_COMMITS, Math.min(MOST_COMMITS, fitting));
        this.deleteMode = group.get(LakeOptions.DELETE_MODE);
        this.evolution = group.get(LakeOptions.SCHEMA_EVOLUTION);
        this.unwritable = group.get(LakeOptions.UNWRITABLE_TABLE);
        this.hudiOptions = new HashMap<>(TributaryConfig.passedThrough(group, LakeOptions.HUDI_PREFIX));
        this.hadoop = new HadoopSettings(TributaryConfig.passedThrough(group, LakeOptions.HADOOP_PREFIX));
        config.groups(TableOptions.GROUP).forEach((table, options) -> {
            options.getOptional(TableOptions.BUCKETS).ifPresent(number -> bucketsByTable.put(table, number));
            options.getOptional(TableOptions.SCHEMA_EVOLUTION).ifPresent(policy -> evolutionByTable.put(table, policy));
            options.getOptional(TableOptions.UNWRITABLE_TABLE)
                    .ifPresent(policy -> unwritableByTable.put(table, policy));
            options.getOptional(TableOptions.PARTITION)
                    .ifPresent(columns -> partitionsByTable.put(table, new ArrayList<>(NameList.split(columns))));
            hudiOptionsByTable.put(
                    table, new HashMap<>(TributaryConfig.passedThrough(options, TableOptions.HUDI_PREFIX)));
        });
    }

    /** @return the lake's directory */
    public String lake() {
        return lake;
    }

    public HadoopSettings hadoop() {
        return hadoop;
    }

    /** @return commits whose file versions are kept */
    public int retainedCommits() {
        return retainedCommits;
    }

    public DeleteMode deleteMode() {
        return deleteMode;
    }

    /** @return what becomes of a table when the columns of its rows change */
    public EvolutionPolicy evolution(String table) {
        return evolutionByTable.getOrDefault(table, evolution);
    }

    /** @return where the table's rows go while it cannot be written */
    UnwritablePolicy unwritable(String table) {
        return unwritableByTable.getOrDefault(table, unwritable);
    }

    /** @return the directory of a table, by its full name */
    public String path(String table) {
        return LakePath.table(lake, table);
    }

    /** @return the number of buckets of each partition */
    public int buckets(String table) {
        return bucketsByTable.getOrDefault(table, buckets);
    }

    /** @return the bucket of a key, as Hudi's bucket index computes it for keys of one column */
    public int bucket(String table, String key) {
        return bucketOf(key, buckets(table));
    }

    static int bucketOf(String key, int buckets) {
        return (Collections.singletonList(key).hashCode() & Integer.MAX_VALUE) % buckets;
    }

    /** @return the columns that partition the table; empty for the one partition {@code __table=<table>} */
    public List<String> partitionColumns(String table) {
        return partitionsByTable.getOrDefault(table, new ArrayList<>());
    }

    /** @return Hudi's options for a table, those of the table before those of the lake */
    public Map<String, String> hudiOptions(String table) {
        Map<String, String> options = new HashMap<>(hudiOptions);
        options.putAll(hudiOptionsByTable.getOrDefault(table, new HashMap<>()));
        return options;
    }
}
