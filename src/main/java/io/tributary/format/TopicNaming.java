package io.tributary.format;

import java.util.Set;
import org.apache.avro.Schema;

/** Debezium's naming: the schemas of topic {@code T} are {@code T.Key}, {@code T.Value} and {@code T.Envelope}. */
final class TopicNaming {
    private static final Set<String> OF_VALUES = Set.of("Value", "Envelope");

    private TopicNaming() {}

    /** @return whether the schema's name says that it belongs to this topic, and to this part of its messages */
    static boolean belongs(Schema schema, String topic, Role role) {
        if (schema.getType() != Schema.Type.RECORD) {
            return false;
        }
        boolean otherRole = role == Role.KEY
                ? OF_VALUES.contains(schema.getName())
                : schema.getName().equals("Key");
        String name = schema.getFullName();
        return !otherRole && (name.startsWith(topic + ".") || name.startsWith(adjusted(topic) + "."));
    }

    /** As Debezium's {@code schema.name.adjustment.mode=avro} does it. */
    private static String adjusted(String topic) {
        String legal = topic.replaceAll("[^A-Za-z0-9_.]", "_");
        return legal.replaceAll("(^|\\.)([0-9])", "$1_$2");
    }
}
