package io.tributary.debezium;

import java.util.Objects;

/**
 * Tells which table an event is of: by the source block or the {@code __} fields, and by the topic
 * ({@code server.schema.table}) for what they leave out. Topics may be routed, so the event's own word wins. Not
 * thread-safe.
 */
final class TableNames {
    private TableId last;
    private String lastServer;
    private String lastDatabase;
    private String lastSchema;
    private String lastTable;
    private String lastTopic;

    /** @return the table, or null where it cannot be told */
    TableId find(EventHeader header, String topic) {
        String server = header.text(MetaField.NAME);
        String database = header.text(MetaField.DB);
        String schema = header.text(MetaField.SCHEMA);
        String table = header.text(MetaField.TABLE);
        boolean same = topic.equals(lastTopic)
                && Objects.equals(server, lastServer)
                && Objects.equals(database, lastDatabase)
                && Objects.equals(schema, lastSchema)
                && Objects.equals(table, lastTable);
        if (!same) {
            last = resolve(server, database, schema, table, topic);
            lastServer = server;
            lastDatabase = database;
            lastSchema = schema;
            lastTable = table;
            lastTopic = topic;
        }
        return last;
    }

    private static TableId resolve(String server, String database, String schema, String table, String topic) {
        int lastDot = topic.lastIndexOf('.');
        int middleDot = lastDot < 0 ? -1 : topic.lastIndexOf('.', lastDot - 1);
        boolean named = middleDot > 0 && lastDot > middleDot + 1 && lastDot < topic.length() - 1;
        String topicTable = named ? topic.substring(lastDot + 1) : null;
        if (isEmpty(table) && topicTable == null) {
            return null;
        }
        boolean agrees = isEmpty(table) || table.equals(topicTable);
        String middle = named && agrees ? topic.substring(middleDot + 1, lastDot) : null;
        String foundServer = !isEmpty(server) ? server : named && agrees ? topic.substring(0, middleDot) : null;
        String foundDatabase = isEmpty(database) ? null : database;
        String foundSchema = isEmpty(schema) ? schemaOf(middle, foundDatabase) : schema;
        if (foundServer == null || foundDatabase == null && foundSchema == null) {
            return null;
        }
        return new TableId(foundServer, foundDatabase, foundSchema, isEmpty(table) ? topicTable : table);
    }

    /** MySQL's topics have the database where others have the schema. */
    private static String schemaOf(String middle, String database) {
        return middle == null || middle.equals(database) ? null : middle;
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }
}
