package io.tributary.format;

import java.util.Objects;

/** What a registry holds under an id: a text, and what the registry says it is. Immutable, not yet parsed. */
final class RegisteredSchema {
    private static final String AVRO = "AVRO";

    private final String type;
    private final String text;

    /** @param type the registry's word for the schema language, e.g. {@code AVRO}, {@code PROTOBUF}; null where it says none */
    RegisteredSchema(String type, String text) {
        this.type = type == null || type.isEmpty() ? AVRO : type;
        this.text = Objects.requireNonNull(text, "text");
    }

    String type() {
        return type;
    }

    boolean isAvro() {
        return AVRO.equalsIgnoreCase(type);
    }

    String text() {
        return text;
    }
}
