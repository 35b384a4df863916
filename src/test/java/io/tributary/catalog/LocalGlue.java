package io.tributary.catalog;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder;
import com.amazonaws.services.glue.AWSGlue;
import com.amazonaws.services.glue.AWSGlueClientBuilder;
import com.amazonaws.services.glue.model.BatchCreatePartitionRequest;
import com.amazonaws.services.glue.model.BatchUpdatePartitionRequest;
import com.amazonaws.services.glue.model.CreateDatabaseRequest;
import com.amazonaws.services.glue.model.CreateTableRequest;
import com.amazonaws.services.glue.model.GetDatabaseRequest;
import com.amazonaws.services.glue.model.GetPartitionsRequest;
import com.amazonaws.services.glue.model.GetTableRequest;
import com.amazonaws.services.glue.model.UpdateTableRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.aws.GlueApi;
import io.tributary.http.Backoff;
import io.tributary.http.HttpTransport;
import io.tributary.http.StubServer;
import io.tributary.http.StubServer.Reply;
import io.tributary.http.StubServer.Request;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Data Catalog in memory that answers Glue's JSON protocol as AWS documents it. Each request has to fit the request class
 * of AWS's own client, field by field, and AWS's own client reads the answers ({@link #aws()}).
 */
final class LocalGlue implements AutoCloseable {
    static final String REGION = "eu-west-1";

    private static final int MOST_PARTITIONS = 100;
    private static final int PAGE = 3;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Members begin with a capital in the protocol, and without one in the classes. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Map<String, Class<?>> REQUESTS = Map.of(
            "GetDatabase", GetDatabaseRequest.class,
            "CreateDatabase", CreateDatabaseRequest.class,
            "GetTable", GetTableRequest.class,
            "CreateTable", CreateTableRequest.class,
            "UpdateTable", UpdateTableRequest.class,
            "GetPartitions", GetPartitionsRequest.class,
            "BatchCreatePartition", BatchCreatePartitionRequest.class,
            "BatchUpdatePartition", BatchUpdatePartitionRequest.class);

    private final Map<String, ObjectNode> databases = new TreeMap<>();
    private final Map<String, ObjectNode> tables = new TreeMap<>();
    private final Map<String, TreeMap<List<String>, ObjectNode>> partitions = new TreeMap<>();
    private final Deque<Reply> instead = new ArrayDeque<>();
    private final StubServer server = new StubServer(this::answer);

    /** The actions asked for, in their order. */
    final List<String> actions = new CopyOnWriteArrayList<>();

    /** An error of Glue's, as {@link #next} takes it. */
    static Reply error(int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode().put("__type", code).put("Message", message);
        return new Reply(status, body.toString(), null, 0);
    }

    /** The next request is answered so, whatever it is. */
    synchronized LocalGlue next(Reply... replies) {
        instead.addAll(List.of(replies));
        return this;
    }

    String url() {
        return server.url();
    }

    /** @return our client of this server */
    GlueCatalog catalog(String database) {
        Backoff backoff = new Backoff(5, Duration.ofMillis(1), Duration.ofMillis(10));
        return new GlueCatalog(
                new GlueApi(
                        URI.create(url()),
                        REGION,
                        new AWSStaticCredentialsProvider(new BasicAWSCredentials("AKIDEXAMPLE", "secret-key")),
                        new HttpTransport(Duration.ofSeconds(5), backoff, null)),
                null,
                database);
    }

    /** @return AWS's client of this server */
    AWSGlue aws() {
        return AWSGlueClientBuilder.standard()
                .withEndpointConfiguration(new AwsClientBuilder.EndpointConfiguration(url(), REGION))
                .withCredentials(new AWSStaticCredentialsProvider(new BasicAWSCredentials("AKIDEXAMPLE", "secret-key")))
                .build();
    }

    /** @return the stored entry, which a test may change as somebody else would */
    synchronized ObjectNode table(String name) {
        return tables.get(name);
    }

    private synchronized Reply answer(Request request) {
        String action = request.headers().getFirst("X-Amz-Target").replaceFirst("^AWSGlue\\.", "");
        actions.add(action);
        if (!instead.isEmpty()) {
            return instead.poll();
        }
        String signature = request.headers().getFirst("Authorization");
        if (signature == null || !signature.contains("/" + REGION + "/glue/aws4_request")) {
            return error(403, "MissingAuthenticationTokenException", "not signed");
        }
        try {
            STRICT.readValue(request.body(), REQUESTS.get(action));
            return answer(action, (ObjectNode) JSON.readTree(request.body()));
        } catch (JsonProcessingException e) {
            return error(400, "InvalidInputException", e.getMessage());
        }
    }

    private Reply answer(String action, ObjectNode request) {
        String database = request.path("DatabaseName").asText();
        switch (action) {
            case "GetDatabase":
                ObjectNode found = databases.get(request.path("Name").asText());
                return found == null ? notThere("Database") : ok("Database", found);
            case "CreateDatabase":
                ObjectNode made = (ObjectNode) request.path("DatabaseInput");
                return databases.putIfAbsent(made.path("Name").asText(), made) == null
                        ? Reply.ok("{}")
                        : error(400, "AlreadyExistsException", "Database already exists.");
            case "GetTable":
                ObjectNode table = tables.get(request.path("Name").asText());
                return table == null || !databases.containsKey(database) ? notThere("Table") : ok("Table", table);
            case "CreateTable":
                return databases.containsKey(database)
                        ? create(database, (ObjectNode) request.path("TableInput"))
                        : notThere("Database");
            case "UpdateTable":
                return update(request);
            case "GetPartitions":
                return page(request);
            default:
                return batch(action, request);
        }
    }

    private Reply create(String database, ObjectNode input) {
        String name = input.path("Name").asText();
        if (tables.containsKey(name)) {
            return error(400, "AlreadyExistsException", "Table already exists.");
        }
        tables.put(name, stored(input, database, 0));
        partitions.put(name, new TreeMap<>((a, b) -> a.toString().compareTo(b.toString())));
        return Reply.ok("{}");
    }

    private static ObjectNode stored(ObjectNode input, String database, int version) {
        return input.deepCopy()
                .put("DatabaseName", database)
                .put("CreateTime", 1.7e9)
                .put("UpdateTime", 1.7e9)
                .put("CreatedBy", "arn:aws:iam::123456789012:role/test")
                .put("IsRegisteredWithLakeFormation", false)
                .put("CatalogId", "123456789012")
                .put("VersionId", Integer.toString(version));
    }

    private Reply update(ObjectNode request) {
        ObjectNode input = (ObjectNode) request.path("TableInput");
        ObjectNode table = tables.get(input.path("Name").asText());
        if (table == null) {
            return notThere("Table");
        }
        int version = table.path("VersionId").asInt();
        if (request.has("VersionId") && request.path("VersionId").asInt() != version) {
            return error(
                    400, "ConcurrentModificationException", "Update table failed due to concurrent modifications.");
        }
        tables.put(
                input.path("Name").asText(),
                stored(input, table.path("DatabaseName").asText(), version + 1));
        return Reply.ok("{}");
    }

    private Reply page(ObjectNode request) {
        List<ObjectNode> all =
                List.copyOf(partitions.get(request.path("TableName").asText()).values());
        int from = request.path("NextToken").asInt(0);
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("Partitions").addAll(all.subList(from, Math.min(all.size(), from + PAGE)));
        if (from + PAGE < all.size()) {
            answer.put("NextToken", Integer.toString(from + PAGE));
        }
        return Reply.ok(answer.toString());
    }

    private Reply batch(String action, ObjectNode request) {
        TreeMap<List<String>, ObjectNode> stored =
                partitions.get(request.path("TableName").asText());
        boolean creation = action.equals("BatchCreatePartition");
        JsonNode entries = request.path(creation ? "PartitionInputList" : "Entries");
        if (entries.size() > MOST_PARTITIONS || entries.isEmpty()) {
            return error(400, "ValidationException", "1 to 100 partitions a request");
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode errors = answer.putArray("Errors");
        for (JsonNode entry : entries) {
            ObjectNode input = (ObjectNode) (creation ? entry : entry.path("PartitionInput"));
            List<String> values = GlueJson.texts(creation ? entry.path("Values") : entry.path("PartitionValueList"));
            if (creation == stored.containsKey(values)) {
                ObjectNode error = errors.addObject();
                error.set("PartitionValues", input.path("Values"));
                error.putObject("ErrorDetail")
                        .put("ErrorCode", creation ? "AlreadyExistsException" : "EntityNotFoundException")
                        .put("ErrorMessage", "Partition already exists, or not.");
            } else {
                stored.put(values, input);
            }
        }
        return Reply.ok(answer.toString());
    }

    private static Reply ok(String field, JsonNode value) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set(field, value);
        return Reply.ok(answer.toString());
    }

    private static Reply notThere(String what) {
        return error(400, "EntityNotFoundException", what + " not found.");
    }

    @Override
    public void close() {
        server.close();
    }
}
