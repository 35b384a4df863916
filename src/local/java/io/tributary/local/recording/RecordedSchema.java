package io.tributary.local.recording;

/**
 * One version of a schema in the recorded registry.
 *
 * @param artifactId the subject, e.g. {@code tickit.ecomm.sale-value}
 * @param version counted from one within the subject
 * @param globalId Apicurio's id of this version
 * @param contentId Apicurio's id of this text, which several subjects may share
 * @param schema the Avro schema as JSON
 */
public record RecordedSchema(
        String groupId, String artifactId, int version, long globalId, long contentId, String schema) {}
