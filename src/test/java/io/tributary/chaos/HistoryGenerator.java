package io.tributary.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Makes a history of two databases with seven tables from a seed; the same seed makes the same history. */
final class HistoryGenerator {
    /** Columns that the aggregates read: they may be widened, but neither dropped nor renamed. */
    private static final Set<String> FIXED = Set.of("eventid", "catid", "pricepaid", "qty", "saletime");

    private static final int LONGEST_REPEAT = 80;

    private final long seed;
    private final Random random;
    private final List<Message> messages = new ArrayList<>();
    private final List<ModelDatabase> databases = new ArrayList<>();
    private final List<EventForm> forms = new ArrayList<>();
    private final Map<StreamFault, Integer> faults = new EnumMap<>(StreamFault.class);
    private final String server;
    private boolean clockSteps;

    private HistoryGenerator(long seed) {
        this.seed = seed;
        // Neighbouring seeds begin alike.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.server = "h" + Long.toUnsignedString(seed, 36);
    }

    /** @return the history of that seed */
    static History of(long seed) {
        return new HistoryGenerator(seed).history();
    }

    private History history() {
        clockSteps = random.nextInt(3) == 0;
        addDatabase("ems", this::emsTables);
        addDatabase("ecomm", this::ecommTables);
        databases.forEach(this::fill);
        databases.forEach(database -> database.tables().forEach(database::snapshot));
        int steps = 30 + random.nextInt(80);
        for (int step = 0; step < steps; step++) {
            step(random.nextInt(databases.size()));
        }
        if (clockSteps) {
            count(StreamFault.CLOCK_STEPS);
        }
        List<ModelTable> truth = new ArrayList<>();
        databases.forEach(database -> truth.addAll(database.tables()));
        List<Message> sent = disturbed();
        return new History(seed, server, traits(), sent, truth, faults, (int)
                sent.stream().filter(message -> message.poison() != null).count());
    }

    private interface Tables {
        List<ModelTable> of(String prefix);
    }

    private void addDatabase(String middle, Tables tables) {
        int number = databases.size();
        Dialect dialect = Dialect.values()[random.nextInt(Dialect.values().length)];
        EventForm form = random.nextBoolean()
                ? EventForm.ENVELOPE
                : random.nextInt(3) == 0 && !clockSteps ? EventForm.FLATTENED_BARE : EventForm.FLATTENED;
        EventEncoder encoder = new EventEncoder(dialect, form, random.nextInt(3) == 0);
        forms.add(form);
        databases.add(new ModelDatabase(
                dialect,
                tables.of(server + "." + middle + "."),
                clockSteps,
                new Random(random.nextLong()),
                change -> send(number, change, encoder, form)));
    }

    private List<ModelTable> emsTables(String prefix) {
        return List.of(
                new ModelTable(
                        prefix + "users",
                        1,
                        2,
                        List.of(
                                ModelColumn.of("userid", ColumnKind.INT),
                                ModelColumn.of("username", ColumnKind.TEXT),
                                ModelColumn.nullable("city", ColumnKind.TEXT),
                                ModelColumn.nullable("likesports", ColumnKind.BOOLEAN),
                                ModelColumn.nullable("balance", ColumnKind.DECIMAL_8_2),
                                ModelColumn.nullable("bio", ColumnKind.LARGE_TEXT))),
                new ModelTable(
                        prefix + "venue",
                        1,
                        1,
                        List.of(
                                ModelColumn.of("venueid", ColumnKind.INT),
                                ModelColumn.nullable("venuename", ColumnKind.TEXT),
                                ModelColumn.nullable("venuecity", ColumnKind.TEXT),
                                ModelColumn.nullable("venueseats", ColumnKind.SMALLINT))),
                new ModelTable(
                        prefix + "category",
                        1,
                        1,
                        List.of(
                                ModelColumn.of("catid", ColumnKind.SMALLINT),
                                ModelColumn.nullable("catname", ColumnKind.TEXT),
                                ModelColumn.of("catdesc", ColumnKind.LARGE_TEXT))),
                new ModelTable(
                        prefix + "event",
                        1,
                        1,
                        List.of(
                                ModelColumn.of("eventid", ColumnKind.INT),
                                ModelColumn.of("catid", ColumnKind.INT),
                                ModelColumn.nullable("eventname", ColumnKind.TEXT),
                                ModelColumn.nullable("starttime", ColumnKind.TIMESTAMP),
                                ModelColumn.nullable("notes", ColumnKind.LARGE_TEXT))));
    }

    private List<ModelTable> ecommTables(String prefix) {
        return List.of(
                new ModelTable(
                        prefix + "date",
                        1,
                        1,
                        List.of(
                                ModelColumn.of("dateid", ColumnKind.INT),
                                ModelColumn.of("caldate", ColumnKind.DATE),
                                ModelColumn.nullable("holiday", ColumnKind.BOOLEAN))),
                new ModelTable(
                        prefix + "listing",
                        2,
                        2,
                        List.of(
                                ModelColumn.of("listid", ColumnKind.INT),
                                ModelColumn.of("seller", ColumnKind.TEXT),
                                ModelColumn.of("numtickets", ColumnKind.SMALLINT),
                                ModelColumn.nullable("price", ColumnKind.REAL))),
                new ModelTable(
                        prefix + "sale",
                        1,
                        3,
                        List.of(
                                ModelColumn.of("saleid", ColumnKind.BIGINT),
                                ModelColumn.of("eventid", ColumnKind.INT),
                                ModelColumn.of("qty", ColumnKind.SMALLINT),
                                ModelColumn.nullable("pricepaid", ColumnKind.DECIMAL_8_2),
                                ModelColumn.nullable("commission", ColumnKind.DOUBLE),
                                ModelColumn.of("saletime", ColumnKind.TIMESTAMP),
                                ModelColumn.nullable("channel", ColumnKind.TEXT))));
    }

    private void fill(ModelDatabase database) {
        database.tables()
                .forEach(table ->
                        database.fill(table, random.nextInt(table.name().equals("sale") ? 80 : 25)));
    }

    private void step(int number) {
        ModelDatabase database = databases.get(number);
        ModelTable table =
                database.tables().get(random.nextInt(database.tables().size()));
        int choice = random.nextInt(60);
        if (choice == 0 && canTruncate(table, forms.get(number))) {
            database.truncate(table);
            count(StreamFault.TRUNCATE);
        } else if (choice <= 2) {
            database.alter(table, FIXED);
            count(StreamFault.ALTER_TABLE);
        } else if (choice == 3) {
            database.snapshot(table);
            count(StreamFault.SNAPSHOT_AGAIN);
        } else {
            database.transact();
        }
    }

    /** The flattening transform drops truncates; and with clock steps partitions do not agree about the time of one. */
    private boolean canTruncate(ModelTable table, EventForm form) {
        return !form.isFlattened() && (!clockSteps || table.partitions() == 1);
    }

    /** Sends a change; a delete with its tombstone. A truncate has no key, so it may go to any partition. */
    private void send(int number, Change change, EventEncoder encoder, EventForm form) {
        String topic = change.table().fullName();
        EventEncoder.Encoded key = encoder.key(change);
        int partitions = change.table().partitions();
        int partition = key == null
                ? random.nextInt(partitions)
                : Math.floorMod(Arrays.hashCode(key.bytes()) * 31 >>> 3, partitions);
        messages.add(new Message(number, topic, partition, key, encoder.value(change), null));
        if (change.op().equals("d") && form.hasTombstones()) {
            messages.add(new Message(number, topic, partition, key, null, null));
        }
    }

    /** @return the messages with copies, repetitions and poison between them */
    private List<Message> disturbed() {
        boolean copies = random.nextInt(3) > 0;
        boolean restarts = random.nextInt(3) == 0;
        boolean poison = random.nextInt(5) == 0;
        List<Message> sent = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            sent.add(message);
            if (copies && random.nextInt(60) == 0) {
                sent.add(message);
                count(StreamFault.DUPLICATE);
            }
            if (copies && random.nextInt(60) == 0) {
                Message old = messages.get(random.nextInt(i + 1));
                // Without a place in the log nothing tells an old message of the same second from a new one.
                if (forms.get(old.connector()).hasLogPlace()) {
                    sent.add(old);
                    count(StreamFault.LATE_COPY);
                }
            }
            if (restarts && random.nextInt(150) == 0) {
                repeat(message.connector(), i, sent);
            }
            if (poison && random.nextInt(100) == 0) {
                sent.add(poison(message));
                count(StreamFault.POISON);
            }
        }
        return sent;
    }

    private void repeat(int connector, int upTo, List<Message> sent) {
        int from = Math.max(0, upTo - random.nextInt(LONGEST_REPEAT));
        for (int i = from; i <= upTo; i++) {
            if (messages.get(i).connector() == connector) {
                sent.add(messages.get(i));
            }
        }
        count(StreamFault.CONNECTOR_RESTART);
    }

    private Message poison(Message beside) {
        byte[] bytes = new byte[1 + random.nextInt(40)];
        random.nextBytes(bytes);
        bytes[0] = 0x42;
        return new Message(beside.connector(), beside.topic(), beside.partition(), null, null, bytes);
    }

    private void count(StreamFault fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    private String traits() {
        List<String> traits = new ArrayList<>();
        for (int i = 0; i < databases.size(); i++) {
            traits.add(databases.get(i).dialect().connector() + " "
                    + forms.get(i).name().toLowerCase(java.util.Locale.ROOT));
        }
        return String.join(", ", traits);
    }
}
