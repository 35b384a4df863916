package io.tributary.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A database with its log and its clock. Random statements change its tables, and what a connector reads of that comes
 * out as changes, in the order of the log. Nothing in it knows the product.
 */
final class ModelDatabase {
    private static final long START_MS = 1_790_000_000_000L;
    private static final int MAX_STATEMENTS = 5;
    private static final int MAX_MYSQL_FILE = 40_000;

    private final Dialect dialect;
    private final List<ModelTable> tables;
    private final Random random;
    private final Consumer<Change> connector;
    private final boolean clockSteps;
    private final Set<String> fullImages = new HashSet<>();
    private long clockMs = START_MS;
    private long lsn = 24_000_000;
    private long lastCommit = lsn;
    private long transactions = 700;
    private int file = 9;
    private long pos = 400;
    private int altered;

    /**
     * @param clockSteps whether the clock is set back now and then, and MySQL's statements wait for locks
     * @param connector takes the changes
     */
    ModelDatabase(
            Dialect dialect, List<ModelTable> tables, boolean clockSteps, Random random, Consumer<Change> connector) {
        this.dialect = dialect;
        this.tables = tables;
        this.clockSteps = clockSteps;
        this.random = random;
        this.connector = connector;
        // PostgreSQL's REPLICA IDENTITY; the others always log whole rows.
        tables.stream()
                .filter(table -> dialect != Dialect.POSTGRESQL || random.nextInt(3) == 0)
                .forEach(table -> fullImages.add(table.fullName()));
    }

    Dialect dialect() {
        return dialect;
    }

    List<ModelTable> tables() {
        return tables;
    }

    /** Fills the table before anybody looks. */
    void fill(ModelTable table, int rows) {
        for (int i = 0; i < rows; i++) {
            table.put(table.randomRow(random));
        }
    }

    /** The connector reads the whole table. It takes its time: changes that come later may be stamped earlier. */
    void snapshot(ModelTable table) {
        advanceLog();
        long started = clockMs;
        for (Map<String, Object> row : List.copyOf(table.rows().values())) {
            started += random.nextInt(20);
            connector.accept(change(
                    table,
                    "r",
                    null,
                    copy(row),
                    null,
                    new LogPlace(started, true, lsn, lastCommit, transactions, 0, file, pos, 0)));
        }
        tick();
    }

    /** One transaction, or two at a time that do not touch each other's rows. */
    void transact() {
        int concurrent = random.nextInt(4) == 0 ? 2 : 1;
        List<List<Pending>> open = new ArrayList<>();
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < concurrent; i++) {
            open.add(new ArrayList<>());
            turns.addAll(Collections.nCopies(1 + random.nextInt(MAX_STATEMENTS), i));
        }
        Collections.shuffle(turns, random);
        Map<String, Integer> locks = new LinkedHashMap<>();
        for (int transaction : turns) {
            statement(transaction, locks, open.get(transaction));
        }
        Collections.shuffle(open, random);
        open.forEach(this::commit);
    }

    void truncate(ModelTable table) {
        table.truncate();
        Pending pending =
                new Pending(table, table.columns(), table.version(), "t", null, null, null, advanceLog(), clockMs);
        commit(List.of(pending));
    }

    /** Changes the columns of a table: adds, drops, renames or widens one. */
    void alter(ModelTable table, Set<String> untouchable) {
        List<ModelColumn> free = table.columns().stream()
                .filter(column -> !table.isKey(column.name()) && !untouchable.contains(column.name()))
                .toList();
        List<ModelColumn> widenable = table.columns().stream()
                .filter(column -> !table.isKey(column.name()) && column.kind().widened() != null)
                .toList();
        String name = "c" + altered++;
        int choice = random.nextInt(6);
        if (choice < 2 || free.isEmpty()) {
            ColumnKind[] kinds = ColumnKind.values();
            table.add(ModelColumn.nullable(name, kinds[random.nextInt(kinds.length)]));
        } else if (choice == 2) {
            table.drop(free.get(random.nextInt(free.size())));
        } else if (choice == 3) {
            table.rename(free.get(random.nextInt(free.size())), name);
            // No consumer learns of values that were there before, unless their rows are touched.
            touchAll(table);
        } else if (!widenable.isEmpty()) {
            table.widen(widenable.get(random.nextInt(widenable.size())));
        }
    }

    private void touchAll(ModelTable table) {
        List<Pending> touched = new ArrayList<>();
        for (Map<String, Object> row : table.rows().values()) {
            touched.add(pending(table, "u", before(table, row), copy(row), null));
        }
        if (!touched.isEmpty()) {
            commit(touched);
        }
    }

    /** A change that is in no committed transaction yet. */
    private record Pending(
            ModelTable table,
            List<ModelColumn> columns,
            int version,
            String op,
            Map<String, Object> before,
            Map<String, Object> after,
            String unavailable,
            long lsn,
            long statementMs) {}

    private void statement(int transaction, Map<String, Integer> locks, List<Pending> log) {
        ModelTable table = tables.get(random.nextInt(tables.size()));
        int rows = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
        for (int i = 0; i < rows; i++) {
            row(table, transaction, locks, log);
        }
        if (random.nextBoolean()) {
            tick();
        }
    }

    private void row(ModelTable table, int transaction, Map<String, Integer> locks, List<Pending> log) {
        Map<String, Object> fresh = table.randomRow(random);
        String key = table.keyOf(fresh);
        if (!lock(table, key, transaction, locks)) {
            return;
        }
        Map<String, Object> old = table.rows().get(key);
        int choice = random.nextInt(10);
        if (old == null) {
            table.put(fresh);
            log.add(pending(table, "c", null, copy(fresh), null));
        } else if (choice < 6) {
            update(table, old, log);
        } else if (choice < 9) {
            table.remove(key);
            log.add(pending(table, "d", image(table, old), null, null));
        } else {
            moveKey(table, old, fresh, transaction, locks, log);
        }
    }

    private void update(ModelTable table, Map<String, Object> old, List<Pending> log) {
        Map<String, Object> row = copy(old);
        String unavailable = null;
        for (ModelColumn column : table.columns()) {
            if (!table.isKey(column.name()) && random.nextInt(3) == 0) {
                row.put(column.name(), table.randomValue(column, random));
            }
            boolean toasted = dialect == Dialect.POSTGRESQL && column.kind() == ColumnKind.LARGE_TEXT;
            if (toasted
                    && row.get(column.name()) != null
                    && row.get(column.name()).equals(old.get(column.name()))) {
                unavailable = random.nextInt(3) == 0 ? null : column.name();
            }
        }
        table.put(row);
        log.add(pending(table, "u", before(table, old), copy(row), unavailable));
    }

    /** A delete of the old key and an insert of the new one, at one place in the log. */
    private void moveKey(
            ModelTable table,
            Map<String, Object> old,
            Map<String, Object> fresh,
            int transaction,
            Map<String, Integer> locks,
            List<Pending> log) {
        Map<String, Object> moved = copy(old);
        table.key().forEach(column -> moved.put(column.name(), table.randomValue(column, random)));
        String target = table.keyOf(moved);
        if (table.rows().containsKey(target) || !lock(table, target, transaction, locks)) {
            return;
        }
        table.remove(table.keyOf(old));
        long at = advanceLog();
        Map<String, Object> sent = copy(moved);
        String unavailable = at % 3 == 0 ? unreadable(table, moved) : null;
        if (unavailable != null) {
            moved.put(unavailable, null);
        }
        table.put(moved);
        log.add(new Pending(table, table.columns(), table.version(), "d", image(table, old), null, null, at, clockMs));
        log.add(new Pending(table, table.columns(), table.version(), "c", null, sent, unavailable, at, clockMs));
    }

    /**
     * @return an unchanged TOAST column that the connector cannot read when the key is changed, so that nobody behind it
     *     can know the value: the truth is null; null for none
     */
    private String unreadable(ModelTable table, Map<String, Object> row) {
        if (dialect != Dialect.POSTGRESQL || fullImages.contains(table.fullName())) {
            return null;
        }
        return table.columns().stream()
                .filter(column -> column.kind() == ColumnKind.LARGE_TEXT && column.nullable())
                .map(ModelColumn::name)
                .filter(column -> row.get(column) != null)
                .findFirst()
                .orElse(null);
    }

    private static boolean lock(ModelTable table, String key, int transaction, Map<String, Integer> locks) {
        return locks.computeIfAbsent(table.fullName() + "/" + key, name -> transaction) == transaction;
    }

    private Pending pending(
            ModelTable table, String op, Map<String, Object> before, Map<String, Object> after, String unavailable) {
        return new Pending(
                table, table.columns(), table.version(), op, before, after, unavailable, advanceLog(), clockMs);
    }

    /** @return the before-image of an update; null where the table does not log it */
    private Map<String, Object> before(ModelTable table, Map<String, Object> row) {
        return fullImages.contains(table.fullName()) ? copy(row) : null;
    }

    /** @return the before-image of a delete: the whole row, or the key with nothing else */
    private Map<String, Object> image(ModelTable table, Map<String, Object> row) {
        Map<String, Object> image = copy(row);
        if (!fullImages.contains(table.fullName())) {
            for (ModelColumn column : table.columns()) {
                if (!table.isKey(column.name())) {
                    image.put(
                            column.name(),
                            column.nullable() ? null : column.kind().zero());
                }
            }
        }
        return image;
    }

    /** Writes a transaction's changes where the connector reads. */
    private void commit(List<Pending> log) {
        long commit = advanceLog();
        long commitMs = clockMs;
        long number = ++transactions;
        int order = 0;
        int row = 0;
        Pending last = null;
        for (Pending change : log) {
            boolean sameStatement = last != null
                    && last.table() == change.table()
                    && last.op().equals(change.op())
                    && last.statementMs() == change.statementMs()
                    && row < 3;
            boolean sameLsn = last != null && last.lsn() == change.lsn();
            row = sameLsn || sameStatement ? row + 1 : 0;
            if (row == 0) {
                pos += 50 + random.nextInt(200);
            }
            boolean mysql = dialect == Dialect.MYSQL;
            int serial = dialect == Dialect.SQLSERVER ? (change.op().equals("d") ? 1 : 2) : row;
            connector.accept(change(
                    change,
                    new LogPlace(
                            mysql ? statementMs(change) : commitMs,
                            false,
                            change.lsn(),
                            dialect == Dialect.SQLSERVER ? commit : lastCommit,
                            number,
                            ++order,
                            file,
                            pos,
                            serial)));
            last = change;
        }
        lastCommit = commit;
        tick();
    }

    /** MySQL stamps the second in which the statement began, before it had the locks that it waited for. */
    private long statementMs(Pending change) {
        long waited = clockSteps && random.nextInt(10) == 0 ? random.nextInt(3_000) : 0;
        return (change.statementMs() - waited) / 1_000 * 1_000;
    }

    private Change change(Pending change, LogPlace place) {
        return new Change(
                change.table(),
                change.columns(),
                change.version(),
                change.op(),
                change.before(),
                change.after(),
                change.unavailable(),
                place);
    }

    private static Change change(
            ModelTable table,
            String op,
            Map<String, Object> before,
            Map<String, Object> after,
            String unavailable,
            LogPlace place) {
        return new Change(table, table.columns(), table.version(), op, before, after, unavailable, place);
    }

    private long advanceLog() {
        lsn += 8 + random.nextInt(300);
        if (pos > MAX_MYSQL_FILE) {
            file++;
            pos = 4;
        }
        return lsn;
    }

    /** Time passes, or not; where that is asked for the clock is set back. */
    private void tick() {
        int choice = random.nextInt(20);
        if (choice < 12) {
            clockMs += random.nextInt(400);
        } else if (choice < 16) {
            clockMs += random.nextInt(2_000);
        } else if (clockSteps && choice == 16) {
            clockMs -= random.nextInt(5_000);
        }
    }

    private static Map<String, Object> copy(Map<String, Object> row) {
        return new LinkedHashMap<>(row);
    }
}
