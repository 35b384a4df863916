package io.tributary.preflight;

import io.tributary.config.TributaryConfig;
import io.tributary.lake.commit.StoredTables;
import io.tributary.lake.write.TableLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Whether the tables that are in the lake are such as this job would write them. */
final class TableCheck implements Check {
    private final TributaryConfig config;

    TableCheck(TributaryConfig config) {
        this.config = config;
    }

    @Override
    public String subject() {
        return "tables";
    }

    @Override
    public List<Finding> run() throws Exception {
        StoredTables tables = new StoredTables(new TableLayout(config));
        List<Finding> found = new ArrayList<>();
        List<String> names;
        try {
            names = tables.names();
        } catch (IOException e) {
            return List.of(); // the lake's own check says why
        }
        for (String name : names) {
            try {
                tables.requireWritable(name);
            } catch (IOException | RuntimeException e) {
                found.add(Finding.fail(
                        subject(),
                        Causes.text(e),
                        "the table stands still, its rows are held or dead letters (Lake.unwritable.table), the others go"
                                + " on"));
            }
        }
        if (found.isEmpty()) {
            found.add(Finding.pass(
                    subject(),
                    names.isEmpty()
                            ? "none yet; they are made when their first rows come"
                            : names.size() + " in the lake, with the same partition columns, buckets and type"));
        }
        return found;
    }
}
