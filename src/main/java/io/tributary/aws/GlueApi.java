package io.tributary.aws;

import com.amazonaws.DefaultRequest;
import com.amazonaws.SdkClientException;
import com.amazonaws.auth.AWS4Signer;
import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.http.HttpMethodName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.http.HttpAnswer;
import io.tributary.http.HttpTransport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * AWS Glue's JSON protocol (https://docs.aws.amazon.com/glue/latest/webapi/Welcome.html): one POST for each action, signed
 * with Signature Version 4. What Glue says may pass (throttling, failures of its own) is repeated by the transport.
 */
public final class GlueApi implements AutoCloseable {
    private static final String TARGET_PREFIX = "AWSGlue.";
    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
    private static final int LONGEST_DETAIL = 300;
    private static final Set<String> MAY_PASS = Set.of(
            "ThrottlingException",
            "Throttling",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "InternalServiceException",
            "InternalFailure",
            "OperationTimeoutException",
            "ServiceUnavailable",
            "RequestTimeout");

    private final URI endpoint;
    private final String region;
    private final AWSCredentialsProvider credentials;
    private final HttpTransport transport;

    /** @param endpoint null for the region's own */
    public GlueApi(URI endpoint, String region, AWSCredentialsProvider credentials, HttpTransport transport) {
        this.endpoint = endpoint == null ? ofRegion(region) : endpoint;
        this.region = region;
        this.credentials = credentials;
        this.transport = transport;
    }

    static URI ofRegion(String region) {
        String suffix = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        return URI.create("https://glue." + region + suffix);
    }

    /** @return scheme, host and port */
    public String origin() {
        return HttpTransport.origin(endpoint);
    }

    /**
     * @param action of Glue's API, e.g. {@code GetTable}
     * @return the answer; a missing node where it is no JSON
     * @throws GlueException where Glue refuses the request, or there are no credentials
     * @throws io.tributary.http.UnansweredException where it does not answer after all attempts
     */
    public JsonNode call(String action, ObjectNode request) {
        byte[] body = request.toString().getBytes(StandardCharsets.UTF_8);
        HttpAnswer answer = transport.send(
                () -> signed(action, body), reply -> HttpTransport.mayPass(reply) || MAY_PASS.contains(error(reply)));
        if (!answer.isOk()) {
            String code = error(answer);
            throw new GlueException(
                    "AWS Glue at " + origin() + " refuses " + TARGET_PREFIX + action + " (HTTP " + answer.status()
                            + (code.isEmpty() ? "" : ", " + code) + ")",
                    code,
                    detail(answer),
                    null);
        }
        return json(answer);
    }

    private HttpRequest signed(String action, byte[] body) {
        DefaultRequest<Void> signed = new DefaultRequest<>("glue");
        signed.setEndpoint(endpoint);
        signed.setHttpMethod(HttpMethodName.POST);
        signed.setResourcePath("/");
        signed.addHeader("Content-Type", CONTENT_TYPE);
        signed.addHeader("X-Amz-Target", TARGET_PREFIX + action);
        signed.setContent(new ByteArrayInputStream(body));
        AWS4Signer signer = new AWS4Signer();
        signer.setServiceName("glue");
        signer.setRegionName(region);
        try {
            signer.sign(signed, credentials.getCredentials());
        } catch (SdkClientException e) {
            throw new GlueException(
                    "AWS Glue cannot be asked for " + TARGET_PREFIX + action + ": the default chain of AWS credentials"
                            + " (environment, profile, container or instance role) has none",
                    "",
                    "",
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
        String type = answer.isOk() ? "" : json(answer).path("__type").asText("");
        String name = type.substring(type.lastIndexOf('#') + 1);
        return name.matches("[A-Za-z]{1,80}") ? name : "";
    }

    private static String detail(HttpAnswer answer) {
        JsonNode json = json(answer);
        String text =
                json.path("Message").asText(json.path("message").asText("")).replaceAll("\\p{Cntrl}", " ");
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) + "..." : text;
    }

    private static JsonNode json(HttpAnswer answer) {
        try {
            return answer.json();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
