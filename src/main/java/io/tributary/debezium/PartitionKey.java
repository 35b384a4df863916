package io.tributary.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The key columns that a Kinesis partition key names. Debezium Server sends the message key as the partition key, as JSON
 * ({@code debezium.format.key=json}): {@code {"id":1}}, or with its schema {@code {"schema":{...},"payload":{"id":1}}}
 * (https://debezium.io/documentation/reference/2.7/operations/debezium-server.html#_amazon_kinesis). The values are read
 * from the row, whose types are exact. Not thread-safe.
 */
final class PartitionKey {
    /** More than tables have different keys; what is not one of Debezium's must not fill the memory. */
    private static final int MAX_LISTS = 10_000;

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<List<String>, List<String>> known = new HashMap<>();

    /** @return the names, the same list each time; null where the partition key is no such JSON */
    List<String> columns(byte[] partitionKey) {
        if (partitionKey == null || partitionKey.length == 0 || partitionKey[0] != '{') {
            return null;
        }
        try (JsonParser json = JSON.createParser(partitionKey)) {
            List<String> names = names(json);
            if (names == null || names.isEmpty()) {
                return null;
            }
            if (known.size() > MAX_LISTS) {
                known.clear();
            }
            return known.computeIfAbsent(names, List::copyOf);
        } catch (IOException noJson) {
            return null;
        }
    }

    /** @return the names of the object's fields; of those of its payload where it has a schema beside it */
    private static List<String> names(JsonParser json) throws IOException {
        List<String> names = new ArrayList<>();
        List<String> payload = null;
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            names.add(name);
            if (json.nextToken() == JsonToken.START_OBJECT && name.equals("payload")) {
                payload = new ArrayList<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    payload.add(json.currentName());
                    json.nextToken();
                    json.skipChildren();
                }
            } else {
                json.skipChildren();
            }
        }
        return payload != null && names.size() == 2 && names.contains("schema") ? payload : names;
    }
}
