package io.tributary.format;

import com.amazonaws.DefaultRequest;
import com.amazonaws.SdkClientException;
import com.amazonaws.auth.AWS4Signer;
import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.http.HttpMethodName;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * AWS Glue's GetSchemaVersion over its JSON protocol (docs.aws.amazon.com/glue/latest/webapi/API_GetSchemaVersion.html),
 * signed with Signature Version 4. Needs the permission {@code glue:GetSchemaVersion}.
 */
final class GlueClient implements RegistryClient {
    private static final String TARGET = "AWSGlue.GetSchemaVersion";
    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
    private static final Set<String> NO_SUCH_SCHEMA = Set.of("EntityNotFoundException", "InvalidInputException");
    private static final Set<String> MAY_PASS = Set.of(
            "ThrottlingException",
            "Throttling",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "InternalServiceException",
            "InternalFailure",
            "ServiceUnavailable",
            "RequestTimeout");

    private final URI endpoint;
    private final String region;
    private final AWSCredentialsProvider credentials;
    private final HttpTransport transport;

    /** @param endpoint null for the region's own */
    GlueClient(URI endpoint, String region, AWSCredentialsProvider credentials, HttpTransport transport) {
        this.endpoint = endpoint == null ? ofRegion(region) : endpoint;
        this.region = region;
        this.credentials = credentials;
        this.transport = transport;
    }

    static URI ofRegion(String region) {
        String suffix = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        return URI.create("https://glue." + region + suffix);
    }

    @Override
    public Set<SchemaId.Kind> kinds() {
        return Set.of(SchemaId.Kind.GLUE);
    }

    @Override
    public Optional<RegisteredSchema> schema(SchemaId id) {
        byte[] body = ("{\"SchemaVersionId\":\"" + id.uuid() + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpAnswer answer = transport.send(
                () -> request(body), reply -> HttpTransport.mayPass(reply) || MAY_PASS.contains(error(reply)));
        if (!answer.isOk()) {
            String error = error(answer);
            if (NO_SUCH_SCHEMA.contains(error)) {
                return Optional.empty();
            }
            throw new RegistryUnavailableException(
                    "AWS Glue at " + HttpTransport.origin(endpoint) + " refuses " + TARGET + " (HTTP " + answer.status()
                            + (error.isEmpty() ? "" : ", " + error)
                            + "). Check the credentials, the permission glue:GetSchemaVersion, SchemaRegistry.aws.region and"
                            + " SchemaRegistry.endpoint.",
                    null);
        }
        return Optional.of(parse(answer));
    }

    private RegisteredSchema parse(HttpAnswer answer) {
        try {
            JsonNode json = answer.json();
            if (json.path("SchemaDefinition").isTextual()) {
                return new RegisteredSchema(
                        json.path("DataFormat").asText(null),
                        json.path("SchemaDefinition").asText());
            }
        } catch (IOException e) {
            // Told below: what was answered is not shown.
        }
        throw new RegistryUnavailableException(
                "AWS Glue at " + HttpTransport.origin(endpoint) + " answered " + TARGET
                        + " without a SchemaDefinition. Check SchemaRegistry.endpoint.",
                null);
    }

    private HttpRequest request(byte[] body) {
        DefaultRequest<Void> signed = new DefaultRequest<>("glue");
        signed.setEndpoint(endpoint);
        signed.setHttpMethod(HttpMethodName.POST);
        signed.setResourcePath("/");
        signed.addHeader("Content-Type", CONTENT_TYPE);
        signed.addHeader("X-Amz-Target", TARGET);
        signed.setContent(new ByteArrayInputStream(body));
        AWS4Signer signer = new AWS4Signer();
        signer.setServiceName("glue");
        signer.setRegionName(region);
        try {
            signer.sign(signed, credentials.getCredentials());
        } catch (SdkClientException e) {
            throw new RegistryUnavailableException(
                    "No AWS credentials for Glue: the default chain (environment, profile, container or instance role) has"
                            + " none. Give the application a role with glue:GetSchemaVersion.",
                    e);
        }
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(endpoint.resolve("/")).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        signed.getHeaders().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                builder.header(name, value);
            }
        });
        return builder.build();
    }

    /** @return the error's name from {@code __type}, without a namespace; empty where the answer has none */
    private static String error(HttpAnswer answer) {
        if (answer.isOk()) {
            return "";
        }
        try {
            String type = answer.json().path("__type").asText("");
            String name = type.substring(type.lastIndexOf('#') + 1);
            return name.matches("[A-Za-z]{1,80}") ? name : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public List<String> references(SchemaId id) {
        return List.of();
    }

    @Override
    public Membership membership(String subject, Collection<SchemaId> ids) {
        return Membership.NO_SUBJECT;
    }

    @Override
    public void close() {
        transport.close();
    }
}
