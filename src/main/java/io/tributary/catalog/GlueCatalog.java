package io.tributary.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.aws.GlueApi;
import io.tributary.aws.GlueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The AWS Glue Data Catalog (https://docs.aws.amazon.com/glue/latest/webapi/API_GetTable.html and its neighbours). Asks for
 * a table with one request, and sends more only where something has changed.
 */
final class GlueCatalog implements Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(GlueCatalog.class);
    private static final String NOT_THERE = "EntityNotFoundException";
    private static final String THERE_ALREADY = "AlreadyExistsException";
    /** Glue's limit of BatchCreatePartition and BatchUpdatePartition. */
    private static final int PARTITIONS_A_REQUEST = 100;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final GlueApi glue;
    private final String catalogId;
    private final String database;

    /** @param catalogId null for the account of the credentials */
    GlueCatalog(GlueApi glue, String catalogId, String database) {
        this.glue = glue;
        this.catalogId = catalogId;
        this.database = database;
    }

    @Override
    public String location(String path) {
        return Locations.s3(path);
    }

    @Override
    public Change register(CatalogTable table) throws IOException {
        JsonNode stored = find("GetTable", request().put("Name", table.name()), "Table");
        if (stored == null) {
            create(table);
            return Change.CREATED;
        }
        String location = stored.path("StorageDescriptor").path("Location").asText();
        if (!Locations.same(location, table.location())) {
            throw new IOException(Locations.taken(database, table, location));
        }
        ObjectNode before = GlueJson.tableInput(stored);
        ObjectNode wanted = GlueJson.patched(before, table);
        if (wanted.equals(before)) {
            return Change.NONE;
        }
        ObjectNode update = request();
        update.set("TableInput", wanted);
        update.put("SkipArchive", true); // a version for each commit would fill the account's quota
        if (stored.path("VersionId").isTextual()) {
            update.put("VersionId", stored.path("VersionId").asText());
        }
        call("UpdateTable", update);
        return GlueJson.columns(wanted).equals(GlueJson.columns(before)) ? Change.PROPERTIES : Change.COLUMNS;
    }

    private void create(CatalogTable table) throws IOException {
        if (find("GetDatabase", catalog().put("Name", database), "Database") == null) {
            ObjectNode creation = catalog();
            creation.putObject("DatabaseInput").put("Name", database).put("Description", "Tables of a Tributary lake");
            if (unlessThere("CreateDatabase", creation)) {
                LOG.info("Created the database {} in AWS Glue", database);
            }
        }
        ObjectNode creation = request();
        creation.set("TableInput", GlueJson.tableInput(table));
        call("CreateTable", creation);
        LOG.info("Created {}.{} in AWS Glue", database, table);
    }

    @Override
    public void addPartitions(CatalogTable table, List<CatalogPartition> partitions, boolean all) throws IOException {
        if (partitions.isEmpty()) {
            return;
        }
        JsonNode stored = find("GetTable", request().put("Name", table.name()), "Table");
        if (stored == null) {
            throw new IOException("table " + database + "." + table.name() + " is gone from AWS Glue");
        }
        JsonNode storage = stored.path("StorageDescriptor");
        Map<List<String>, JsonNode> registered = all ? registered(table) : Map.of();
        List<JsonNode> missing = new ArrayList<>();
        List<JsonNode> changed = new ArrayList<>();
        for (CatalogPartition partition : partitions) {
            ObjectNode input = GlueJson.partitionInput(partition, storage);
            JsonNode there = registered.get(partition.values());
            if (there == null) {
                missing.add(input);
            } else if (!GlueJson.columns(there).equals(GlueJson.columns(input))) {
                ObjectNode entry = JSON.objectNode();
                entry.set("PartitionValueList", input.path("Values"));
                entry.set("PartitionInput", input);
                changed.add(entry);
            }
        }
        send("BatchCreatePartition", "PartitionInputList", table, missing);
        send("BatchUpdatePartition", "Entries", table, changed);
    }

    private Map<List<String>, JsonNode> registered(CatalogTable table) throws IOException {
        Map<List<String>, JsonNode> partitions = new HashMap<>();
        String token = null;
        do {
            ObjectNode request = request().put("TableName", table.name());
            if (token != null) {
                request.put("NextToken", token);
            }
            JsonNode page = call("GetPartitions", request);
            for (JsonNode partition : page.path("Partitions")) {
                partitions.put(GlueJson.texts(partition.path("Values")), partition);
            }
            token = page.path("NextToken").asText("");
        } while (!token.isEmpty());
        return partitions;
    }

    private void send(String action, String field, CatalogTable table, List<JsonNode> entries) throws IOException {
        for (int from = 0; from < entries.size(); from += PARTITIONS_A_REQUEST) {
            ObjectNode request = request().put("TableName", table.name());
            ArrayNode batch = request.putArray(field);
            batch.addAll(entries.subList(from, Math.min(entries.size(), from + PARTITIONS_A_REQUEST)));
            for (JsonNode error : call(action, request).path("Errors")) {
                JsonNode detail = error.path("ErrorDetail");
                if (!detail.path("ErrorCode").asText().equals(THERE_ALREADY)) {
                    throw new IOException("AWS Glue refuses " + action + " for a partition of table " + database + "."
                            + table.name() + ": " + detail.path("ErrorCode").asText() + " "
                            + detail.path("ErrorMessage").asText());
                }
            }
        }
    }

    /** @return what is there, or null */
    private JsonNode find(String action, ObjectNode request, String field) throws IOException {
        try {
            JsonNode found = glue.call(action, request).path(field);
            if (!found.isObject()) {
                throw new IOException("AWS Glue at " + glue.origin() + " answered " + action + " without a " + field
                        + ". Check Catalog.endpoint.");
            }
            return found;
        } catch (GlueException e) {
            if (e.code().equals(NOT_THERE)) {
                return null;
            }
            throw refused(action, e);
        }
    }

    private boolean unlessThere(String action, ObjectNode request) throws IOException {
        try {
            glue.call(action, request);
            return true;
        } catch (GlueException e) {
            if (e.code().equals(THERE_ALREADY)) {
                return false;
            }
            throw refused(action, e);
        }
    }

    private JsonNode call(String action, ObjectNode request) throws IOException {
        try {
            return glue.call(action, request);
        } catch (GlueException e) {
            throw refused(action, e);
        }
    }

    private static IOException refused(String action, GlueException e) {
        return new IOException(
                e.getMessage() + (e.detail().isEmpty() ? "" : ": " + e.detail())
                        + ". Check the credentials, the permission glue:" + action
                        + " on the catalogue, the database and its tables, Lake Formation's grants, Catalog.aws.region and"
                        + " Catalog.endpoint.",
                e);
    }

    private ObjectNode request() {
        return catalog().put("DatabaseName", database);
    }

    private ObjectNode catalog() {
        ObjectNode request = JSON.objectNode();
        return catalogId == null ? request : request.put("CatalogId", catalogId);
    }

    @Override
    public void close() {
        glue.close();
    }
}
