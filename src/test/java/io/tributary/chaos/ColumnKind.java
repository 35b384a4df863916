package io.tributary.chaos;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Random;

/** The types of the model database's columns, each with the Avro schema that Debezium's converters give it. */
enum ColumnKind {
    SMALLINT("{\"type\":\"int\",\"connect.type\":\"int16\"}"),
    INT("\"int\""),
    BIGINT("\"long\""),
    REAL("\"float\""),
    DOUBLE("\"double\""),
    DECIMAL_8_2(decimal(8, 2)),
    DECIMAL_12_4(decimal(12, 4)),
    BOOLEAN("\"boolean\""),
    TEXT("\"string\""),
    /** Stored out of line by PostgreSQL: an update that does not touch it carries a placeholder. */
    LARGE_TEXT("\"string\""),
    DATE(named("int", "io.debezium.time.Date")),
    TIMESTAMP(named("long", "io.debezium.time.MicroTimestamp"));

    private static final long FIRST_MICROS = 1_790_000_000_000_000L;
    private static final long DAY_MICROS = 86_400_000_000L;

    private final String avro;

    ColumnKind(String avro) {
        this.avro = avro;
    }

    String avro() {
        return avro;
    }

    Object random(Random random) {
        return switch (this) {
            case SMALLINT -> random.nextInt(100);
            case INT -> random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(1_000);
            case BIGINT -> random.nextLong();
            case REAL -> random.nextInt(10_000) / 8f + 0.1f;
            case DOUBLE -> random.nextInt(1_000_000) / 100d;
            case DECIMAL_8_2 -> BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, 2);
            case DECIMAL_12_4 -> BigDecimal.valueOf(random.nextInt(2_000_000_000) - 1_000_000_000, 4);
            case BOOLEAN -> random.nextBoolean();
            case TEXT -> text(random, 12);
            case LARGE_TEXT -> text(random, 200);
            case DATE -> random.nextInt(40_000) - 10_000;
            case TIMESTAMP -> FIRST_MICROS + (long) (random.nextDouble() * DAY_MICROS);
        };
    }

    /** @return the type that an ALTER makes of it without loss; null for none */
    ColumnKind widened() {
        return switch (this) {
            case SMALLINT -> INT;
            case INT -> BIGINT;
            case REAL -> DOUBLE;
            case DECIMAL_8_2 -> DECIMAL_12_4;
            default -> null;
        };
    }

    /** @return the value as a value of this type, into which its type was widened */
    Object cast(Object value) {
        if (value == null) {
            return null;
        }
        return switch (this) {
            case BIGINT -> ((Number) value).longValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case DECIMAL_12_4 -> ((BigDecimal) value).setScale(4);
            default -> value;
        };
    }

    /** @return the value as Avro's generic writer takes it */
    Object toAvro(Object value) {
        return value instanceof BigDecimal decimal
                ? ByteBuffer.wrap(decimal.unscaledValue().toByteArray())
                : value;
    }

    /** @return what a column that must not be null holds in an image which lacks its value */
    Object zero() {
        return switch (this) {
            case SMALLINT, INT, DATE -> 0;
            case BIGINT, TIMESTAMP -> 0L;
            case REAL -> 0f;
            case DOUBLE -> 0d;
            case DECIMAL_8_2 -> new BigDecimal(BigInteger.ZERO, 2);
            case DECIMAL_12_4 -> new BigDecimal(BigInteger.ZERO, 4);
            case BOOLEAN -> false;
            case TEXT, LARGE_TEXT -> "";
        };
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(length + 1); left > 0; left--) {
            text.append(
                    random.nextInt(30) == 0 ? "é\"\\\n€".charAt(random.nextInt(5)) : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static String named(String type, String name) {
        return "{\"type\":\"" + type + "\",\"connect.version\":1,\"connect.name\":\"" + name + "\"}";
    }

    private static String decimal(int precision, int scale) {
        return "{\"type\":\"bytes\",\"scale\":" + scale + ",\"precision\":" + precision
                + ",\"connect.version\":1,\"connect.parameters\":{\"scale\":\"" + scale
                + "\",\"connect.decimal.precision\":\"" + precision
                + "\"},\"connect.name\":\"org.apache.kafka.connect.data.Decimal\",\"logicalType\":\"decimal\"}";
    }
}
