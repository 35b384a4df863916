package io.tributary.lake.merge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.Map;

/** A map of texts as a JSON object, in a column of the lake. */
final class TextMap {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TextMap() {}

    static String write(Map<String, String> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    /** @return empty where the text is null */
    static Map<String, String> read(String text, String column) {
        if (text == null) {
            return Collections.emptyMap();
        }
        try {
            return JSON.readValue(text, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored row's " + column + " is no JSON object of texts", e);
        }
    }
}
