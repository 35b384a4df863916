package io.tributary.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tables and partitions as Glue's requests and answers hold them. Pure functions. */
final class GlueJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What a TableInput may have: https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html. */
    private static final List<String> TABLE_INPUT = List.of(
            "Name",
            "Description",
            "Owner",
            "LastAccessTime",
            "LastAnalyzedTime",
            "Retention",
            "StorageDescriptor",
            "PartitionKeys",
            "ViewOriginalText",
            "ViewExpandedText",
            "TableType",
            "Parameters",
            "TargetTable");

    private GlueJson() {}

    static ObjectNode tableInput(CatalogTable table) {
        ObjectNode input = JSON.objectNode();
        input.put("Name", table.name());
        input.put("TableType", CatalogTable.TABLE_TYPE);
        input.set("PartitionKeys", columns(table.partitionKeys()));
        return patched(input, table);
    }

    /** @return a stored table as one may send it back: UpdateTable replaces all, so all has to be in it */
    static ObjectNode tableInput(JsonNode stored) {
        ObjectNode input = JSON.objectNode();
        for (String field : TABLE_INPUT) {
            if (stored.hasNonNull(field)) {
                input.set(field, stored.get(field));
            }
        }
        return input;
    }

    /** @return a copy with what the table says put into it */
    static ObjectNode patched(ObjectNode input, CatalogTable table) {
        ObjectNode wanted = input.deepCopy();
        putAll(wanted.withObject("/Parameters"), table.parameters());
        ObjectNode storage = wanted.withObject("/StorageDescriptor");
        if (!storage.hasNonNull("Location")) {
            storage.put("Location", table.location());
        }
        storage.set("Columns", columns(CatalogColumn.merge(columns(input), table.columns())));
        storage.put("InputFormat", CatalogTable.INPUT_FORMAT);
        storage.put("OutputFormat", CatalogTable.OUTPUT_FORMAT);
        ObjectNode serde = storage.withObject("/SerdeInfo");
        serde.put("SerializationLibrary", CatalogTable.SERDE);
        putAll(serde.withObject("/Parameters"), table.serdeParameters());
        return wanted;
    }

    /** @param storage the table's */
    static ObjectNode partitionInput(CatalogPartition partition, JsonNode storage) {
        ObjectNode input = JSON.objectNode();
        ArrayNode values = input.putArray("Values");
        partition.values().forEach(values::add);
        ObjectNode own = storage.deepCopy();
        own.put("Location", partition.location());
        input.set("StorageDescriptor", own);
        return input;
    }

    /** @return the columns of a table, a partition, or what is sent of them */
    static List<CatalogColumn> columns(JsonNode entry) {
        List<CatalogColumn> columns = new ArrayList<>();
        for (JsonNode column : entry.path("StorageDescriptor").path("Columns")) {
            columns.add(new CatalogColumn(
                    column.path("Name").asText(),
                    column.path("Type").asText(),
                    column.hasNonNull("Comment") ? column.path("Comment").asText() : null));
        }
        return columns;
    }

    private static ArrayNode columns(List<CatalogColumn> columns) {
        ArrayNode array = JSON.arrayNode();
        for (CatalogColumn column : columns) {
            ObjectNode node = array.addObject().put("Name", column.name()).put("Type", column.type());
            if (column.comment() != null) {
                node.put("Comment", column.comment());
            }
        }
        return array;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static void putAll(ObjectNode object, Map<String, String> values) {
        values.forEach(object::put);
    }
}
