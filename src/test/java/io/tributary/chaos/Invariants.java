package io.tributary.chaos;

import io.tributary.lake.StoredTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    /** @return what is wrong, a line each */
    List<String> problems() throws IOException {
        List<String> problems = new ArrayList<>();
        for (ModelTable table : history.truth()) {
            if (table.rows().isEmpty() && table.gone().isEmpty()) {
                continue;
            }
            StoredTable stored = new StoredTable(lakePath + "/" + table.fullName(), hadoop);
            List<Map<String, Object>> rows = new ArrayList<>();
            stored.rows().forEach(row -> rows.add(row.values()));
            problems.addAll(TruthCheck.differences(table, rows));
            if (!stored.pendingInstants().isEmpty()) {
                problems.add(table.fullName() + " has pending instants " + stored.pendingInstants());
            }
        }
        return problems;
    }
}
