package io.tributary.local.databases;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Random;

/** Makes rows of the sample's tables: the same for the same {@link Random}. Now and then a value is null, long or not ASCII. */
final class TickitRows {
    private static final LocalDate FIRST_DAY = LocalDate.of(2008, 1, 1);
    private static final int DAYS = 366;
    private static final String[] CITIES = {"Atlanta", "São Paulo", "Zürich", "Kyōto", "Boston", "Łódź", "Lagos"};
    private static final String[] NAMES = {"Ada", "Bjørn", "Chloé", "Dmitri", "Élise", "Fatou", "Gopal", "Hana"};
    private static final String[] ACTS = {"Kraftwerk 🤖", "La Traviata", "Spamalot", "Macbeth", "Beyoncé", "O'Jays"};
    private static final String[] CATEGORIES = {
        "MLB", "NHL", "NFL", "NBA", "MLS", "Musicals", "Plays", "Opera", "Pop", "Jazz", "Classical"
    };

    private final Random random;

    TickitRows(Random random) {
        this.random = random;
    }

    /** @return one value per column, in the table's order; the key comes first */
    Object[] row(TickitTable table, int key) {
        return switch (table) {
            case CATEGORY -> category(key);
            case VENUE -> new Object[] {key, "Venue " + key, city(), "NY", rarelyNull(500 + random.nextInt(90_000))};
            case EVENT -> event(key);
            case USER -> user(key);
            case DATE -> date(key);
            case LISTING -> listing(key);
            case SALE -> sale(key);
        };
    }

    /** @return text of a length that PostgreSQL keeps outside the row (TOAST) */
    String longText() {
        StringBuilder text = new StringBuilder();
        for (int left = 300 + random.nextInt(500); left > 0; left--) {
            text.append(Long.toString(random.nextLong(), Character.MAX_RADIX));
        }
        return text.toString();
    }

    String eventName() {
        return pick(ACTS) + ' ' + random.nextInt(1_000);
    }

    String city() {
        return pick(CITIES);
    }

    BigDecimal price() {
        return BigDecimal.valueOf(2_000 + random.nextInt(200_000), 2);
    }

    private Object[] category(int key) {
        return new Object[] {
            key, key <= 5 ? "Sports" : "Shows", CATEGORIES[(key - 1) % CATEGORIES.length], "Category " + key
        };
    }

    private Object[] event(int key) {
        String description = random.nextInt(5) == 0 ? longText() : rarelyNull("Event " + key);
        return new Object[] {
            key, 1 + random.nextInt(202), 1 + random.nextInt(11), day(), eventName(), rarelyNull(time()), description
        };
    }

    private Object[] user(int key) {
        Object[] row = new Object[21];
        row[0] = key;
        row[1] = String.format(
                        Locale.ROOT,
                        "%8s",
                        Integer.toString(key, Character.MAX_RADIX).toUpperCase(Locale.ROOT))
                .replace(' ', 'U');
        row[2] = pick(NAMES);
        row[3] = pick(NAMES) + "son";
        row[4] = city();
        row[5] = "CA";
        row[6] = rarelyNull("user" + key + "@example.com");
        row[7] = "(555) " + (100 + random.nextInt(900)) + "-" + (1_000 + random.nextInt(9_000));
        for (int likes = 8; likes < 18; likes++) {
            row[likes] = random.nextInt(3) == 0 ? null : random.nextBoolean();
        }
        row[18] = rarelyNull(price());
        row[19] = OffsetDateTime.of(time().plusNanos(1_000L * random.nextInt(1_000_000)), ZoneOffset.UTC);
        row[20] = rarelyNull("{\"city\": \"" + city() + "\", \"note\": \""
                + (random.nextInt(50) == 0 ? longText() : random.nextInt(9)) + "\"}");
        return row;
    }

    private static Object[] date(int key) {
        LocalDate day = FIRST_DAY.plusDays(key - 1);
        return new Object[] {
            key,
            day,
            day.getDayOfWeek().name().substring(0, 2),
            1 + day.getDayOfYear() / 7,
            day.getMonth().name().substring(0, 3),
            Integer.toString(1 + day.getMonth().ordinal() / 3),
            day.getYear(),
            key % 40 == 0 ? 1 : 0
        };
    }

    private Object[] listing(int key) {
        int tickets = 1 + random.nextInt(30);
        BigDecimal price = price();
        return new Object[] {
            key,
            1 + random.nextInt(49_990),
            1 + random.nextInt(8_798),
            day(),
            tickets,
            price,
            price.multiply(BigDecimal.valueOf(tickets)),
            time().plusNanos(1_000L * random.nextInt(1_000_000)),
            random.nextInt(4) == 0 ? "nöte " + key : null
        };
    }

    private Object[] sale(int key) {
        int tickets = 1 + random.nextInt(8);
        BigDecimal paid = price().multiply(BigDecimal.valueOf(tickets));
        return new Object[] {
            key,
            1 + random.nextInt(192_497),
            1 + random.nextInt(49_990),
            1 + random.nextInt(49_990),
            1 + random.nextInt(8_798),
            day(),
            tickets,
            paid,
            rarelyNull(paid.multiply(BigDecimal.valueOf(15, 2)).setScale(2, RoundingMode.HALF_UP)),
            time()
        };
    }

    private int day() {
        return 1 + random.nextInt(DAYS - 1);
    }

    private LocalDateTime time() {
        return FIRST_DAY.atStartOfDay().plusSeconds(random.nextInt(DAYS * 86_400));
    }

    private <T> T rarelyNull(T value) {
        return random.nextInt(50) == 0 ? null : value;
    }

    private String pick(String[] values) {
        return values[random.nextInt(values.length)];
    }
}
