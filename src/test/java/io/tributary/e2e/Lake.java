package io.tributary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.debezium.ChangeEvent;
import io.tributary.debezium.Op;
import io.tributary.lake.StoredTable;
import io.tributary.local.cli.LakeAddress;
import io.tributary.local.query.LakeQuery;
import io.tributary.local.query.QueryResult;
import io.tributary.local.recording.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A lake that a test looks at: through queries as users do, and at the files below them. */
final class Lake {
    private final String path;
    private final Map<String, String> hadoop;

    /** @param hadoop settings of Hadoop's file systems */
    Lake(String path, Map<String, String> hadoop) {
        this.path = path;
        this.hadoop = hadoop;
    }

    static Lake local(Path directory) {
        return new Lake("file://" + directory, Map.of());
    }

    /** @return as the job's setting {@code Lake.path} */
    String path() {
        return path;
    }

    StoredTable stored(String table) {
        return new StoredTable(LakeAddress.of(path) + "/" + table, hadoop);
    }

    List<String> tables() {
        return new LakeQuery(path, hadoop).tables();
    }

    /** @return a query's rows by the text of a column */
    Map<String, Map<String, Object>> rows(String table, String keyColumn) {
        Map<String, Map<String, Object>> rows = new TreeMap<>();
        for (Map<String, Object> row : query(table).asMaps()) {
            assertThat(rows.put(String.valueOf(row.get(keyColumn)), row))
                    .as("%s %s comes once", table, row.get(keyColumn))
                    .isNull();
        }
        return rows;
    }

    QueryResult query(String table) {
        return new LakeQuery(path, hadoop).table(table);
    }

    /** Every table equals the database's, and the files are in order. */
    void assertIsTruth(Recording recording) {
        assertThat(tables()).isEqualTo(recording.tables());
        for (String table : recording.tables()) {
            assertIsTruth(recording, table);
        }
    }

    void assertIsTruth(Recording recording, String table) {
        ExpectedTable expected = ExpectedTable.after(recording, table);
        assertThat(query(table).columns()).as("columns of %s", table).containsAll(expected.columns());
        expected.assertEqualTo(rows(table, expected.keyColumn()));
        assertConsistent(table);
    }

    /** No key is stored twice, the soft-deleted included, and no instant is pending. */
    void assertConsistent(String table) {
        try {
            StoredTable stored = stored(table);
            stored.live();
            assertThat(stored.pendingInstants())
                    .as("pending instants of %s", table)
                    .isEmpty();
        } catch (IOException e) {
            throw new AssertionError("table " + table + " cannot be read", e);
        }
    }

    /**
     * Each recorded change left its trace: the row of its key, deleted or not, is as new as the change. Only for soft
     * deletes, and where the topics hold the messages at the recorded offsets.
     */
    void assertNoRecordMissing(Recording recording) throws IOException {
        for (String table : recording.tables()) {
            Map<String, String> positions = new HashMap<>();
            stored(table)
                    .rows()
                    .forEach(row ->
                            positions.put(row.key(), (String) row.values().get("__source_position")));
            for (ChangeEvent event : RecordedEvents.of(recording, table)) {
                if (event.op() == Op.TRUNCATE) {
                    continue;
                }
                assertThat(positions).as("%s", event).containsKey(event.key());
                assertThat(positions.get(event.key()))
                        .as("%s of key %s", event, event.key())
                        .isGreaterThanOrEqualTo(event.position());
            }
        }
    }
}
