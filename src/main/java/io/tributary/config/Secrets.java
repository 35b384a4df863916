package io.tributary.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;

/** Decides what of a configuration may be shown. */
public final class Secrets {
    public static final String MASK = GlobalConfiguration.HIDDEN_CONTENT;

    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]+@");

    private Secrets() {}

    /**
     * @param group what kind of group the key is of
     * @return the value, or a mask in place of what is secret: options marked so, free keys that by their name hold a
     *     password, a token or a key, and the user part of an address
     */
    public static String mask(OptionGroup group, String key, String value) {
        DeclaredOption option = group.options().get(key);
        boolean secret = option != null ? option.secret() : isSecret(key);
        return secret ? MASK : USER_INFO.matcher(value).replaceAll("://" + MASK + "@");
    }

    private static boolean isSecret(String freeKey) {
        String key = freeKey.toLowerCase(Locale.ROOT);
        return GlobalConfiguration.isSensitive(key)
                || key.endsWith(".key")
                || key.contains("access-key")
                || key.contains("passphrase");
    }
}
