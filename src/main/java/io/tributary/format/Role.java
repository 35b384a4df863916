package io.tributary.format;

import java.util.Locale;

/**
 * The part of a message that is decoded. The header names are those of Apicurio's serializers
 * ({@code io.apicurio.registry.serde.headers}), the subject is that of the topic name strategy.
 */
enum Role {
    KEY,
    VALUE;

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String globalIdHeader = "apicurio." + label + ".globalId";
    private final String contentIdHeader = "apicurio." + label + ".contentId";
    private final String encodingHeader = "apicurio." + label + ".encoding";

    /** @return {@code key} or {@code value} */
    String label() {
        return label;
    }

    String globalIdHeader() {
        return globalIdHeader;
    }

    String contentIdHeader() {
        return contentIdHeader;
    }

    String encodingHeader() {
        return encodingHeader;
    }

    /** @return the subject or artifact id under which a topic's schemas are registered */
    String subject(String topic) {
        return topic + "-" + label;
    }
}
