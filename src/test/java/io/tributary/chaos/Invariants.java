package io.tributary.chaos;

import io.tributary.lake.StoredTable;
import io.tributary.lake.fs.HadoopSettings;
import io.tributary.local.query.LakeQuery;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What has to be true of a lake when all is quiet. */
final class Invariants {
    private final History history;
    private final String lakePath;
    private final Map<String, String> hadoop;

    Invariants(History history, String lakePath, Map<String, String> hadoop) {
        this.history = history;
        this.lakePath = lakePath;
        this.hadoop = hadoop;
    }

    /** @return the lake's tables, by their full names */
    static Map<String, StoredTable> tables(String lakePath, Map<String, String> hadoop) {
        List<String> names = new LakeQuery(lakePath, hadoop).tables();
        Map<String, StoredTable> tables = new TreeMap<>();
        names.forEach(name -> tables.put(name, new StoredTable(lakePath + "/" + name, hadoop)));
        return tables;
    }

    /** @return leases that nobody holds any more, a line each; only after the job has ended */
    List<String> orphanLeases() throws IOException {
        Path directory = new Path(lakePath, "_lease");
        List<String> orphans = new ArrayList<>();
        try {
            FileSystem files = directory.getFileSystem(new HadoopSettings(hadoop).configuration());
            for (FileStatus file : files.listStatus(directory)) {
                orphans.add("an orphan lease is left: " + file.getPath());
            }
        } catch (FileNotFoundException noLeases) {
            return orphans;
        }
        return orphans;
    }

    /** @return what is wrong, a line each */
    List<String> problems() throws IOException {
        List<String> problems = new ArrayList<>();
        Map<String, StoredTable> tables = tables(lakePath, hadoop);
        for (ModelTable table : history.truth()) {
            StoredTable stored = tables.get(table.fullName());
            List<Map<String, Object>> rows = new ArrayList<>();
            if (stored != null) {
                stored.rows().forEach(row -> rows.add(row.values()));
            }
            problems.addAll(TruthCheck.differences(table, rows));
            if (stored != null && !stored.pendingInstants().isEmpty()) {
                problems.add(table.fullName() + " has pending instants " + stored.pendingInstants());
            }
        }
        return problems;
    }
}
