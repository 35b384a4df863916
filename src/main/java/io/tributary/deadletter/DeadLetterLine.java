package io.tributary.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.source.Headers;
import io.tributary.source.RawRecord;
import java.io.IOException;
import java.util.Base64;

/**
 * A dead letter as one line of JSON. {@code partition, offset, timestamp, key, value, headers} are those of a recording
 * (bytes in base64, or null; headers as pairs in their order); {@code topic, sequence, stage, reason, message} say where
 * it came from and why.
 */
public final class DeadLetterLine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DeadLetterLine() {}

    /** @return the line in UTF-8, without a line break */
    public static byte[] write(DeadLetter letter) {
        RawRecord record = letter.record();
        ObjectNode line = JSON.createObjectNode()
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset())
                .put("sequence", record.sequenceNumber())
                .put("timestamp", record.timestamp())
                .put("key", base64(record.key()))
                .put("value", base64(record.value()));
        ArrayNode headers = line.putArray("headers");
        for (int i = 0; i < record.headers().size(); i++) {
            headers.addArray()
                    .add(record.headers().name(i))
                    .add(base64(record.headers().value(i)));
        }
        line.put("stage", letter.stage().label())
                .put("reason", letter.reason().label())
                .put("message", letter.message());
        try {
            return JSON.writeValueAsBytes(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The dead letter " + record.coordinates() + " cannot be written as JSON", e);
        }
    }

    /** @throws IOException where the text is no line of {@link #write} */
    public static DeadLetter read(String text) throws IOException {
        JsonNode line = JSON.readTree(text);
        if (!line.path("topic").isTextual()) {
            throw new IOException("The line is no dead letter: it has no topic");
        }
        RawRecord record = new RawRecord(
                line.path("topic").asText(),
                line.path("partition").asInt(),
                line.path("offset").asLong(),
                line.path("sequence").textValue(),
                line.path("timestamp").asLong(),
                bytes(line.path("key")),
                bytes(line.path("value")),
                headers(line.path("headers")));
        Stage stage;
        Reason reason;
        try {
            stage = Stage.ofLabel(line.path("stage").asText());
            reason = Reason.ofLabel(line.path("reason").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "The line is no dead letter of this version: it has a stage or a reason that is not known", e);
        }
        return new DeadLetter(record, stage, reason, line.path("message").asText());
    }

    private static Headers headers(JsonNode pairs) throws IOException {
        String[] names = new String[pairs.size()];
        byte[][] values = new byte[pairs.size()][];
        for (int i = 0; i < names.length; i++) {
            names[i] = pairs.path(i).path(0).asText();
            values[i] = bytes(pairs.path(i).path(1));
        }
        return new Headers(names, values);
    }

    private static String base64(byte[] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(JsonNode text) throws IOException {
        return text.isTextual() ? text.binaryValue() : null;
    }
}
