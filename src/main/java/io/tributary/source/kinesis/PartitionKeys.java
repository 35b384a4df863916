package io.tributary.source.kinesis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Partition keys of Kinesis: texts of at most 256 characters, and not empty. */
public final class PartitionKeys {
    private static final int MAX_LENGTH = 256;

    private PartitionKeys() {}

    /** @return the text, or, where it is too long, its SHA-256 in hexadecimal digits: the same for the same text */
    public static String of(String text) {
        return text.isEmpty() || text.length() > MAX_LENGTH ? hash(text) : text;
    }

    private static String hash(String text) {
        try {
            StringBuilder hex = new StringBuilder();
            for (byte one : MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))) {
                hex.append(Character.forDigit(one >> 4 & 15, 16)).append(Character.forDigit(one & 15, 16));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }
}
