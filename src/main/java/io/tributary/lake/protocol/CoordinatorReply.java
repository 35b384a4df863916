package io.tributary.lake.protocol;

import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.streaming.api.operators.collect.CollectCoordinationResponse;
import org.apache.flink.util.InstantiationUtil;

/**
 * What the coordinator answers a writer. It travels as bytes inside one of Flink's own responses, since the RPC layer of a
 * cluster does not see the job's classes. Immutable.
 */
public final class CoordinatorReply implements Serializable {
    /** How the request was taken. */
    public enum Status {
        OK,
        /** Not yet: ask again. */
        WAIT,
        /** The attempt is not the newest of its subtask: give up. */
        STALE
    }

    /** Leave to write a table: into which instant, and with which schema. */
    public static final class Grant implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String instant;
        private final TableSchema schema;

        public Grant(String instant, TableSchema schema) {
            this.instant = instant;
            this.schema = schema;
        }

        public String instant() {
            return instant;
        }

        /** @return the widest schema that the table has or any writer has asked for */
        public TableSchema schema() {
            return schema;
        }
    }

    private static final long serialVersionUID = 1L;

    private final Status status;
    private final long committed;
    private final HashSet<String> uncommitted;
    private final HashMap<String, Grant> grants;
    private final HashMap<String, String> refusals;

    public CoordinatorReply(
            Status status,
            long committed,
            Set<String> uncommitted,
            Map<String, Grant> grants,
            Map<String, String> refusals) {
        this.status = status;
        this.committed = committed;
        this.uncommitted = new HashSet<>(uncommitted);
        this.grants = new HashMap<>(grants);
        this.refusals = new HashMap<>(refusals);
    }

    public Status status() {
        return status;
    }

    /** @return the newest checkpoint whose writes are committed, but for the {@link #uncommitted} tables; -1 for none */
    public long committed() {
        return committed;
    }

    /** @return full names of tables whose commit has failed and is tried again */
    public Set<String> uncommitted() {
        return uncommitted;
    }

    /** @return by the tables' full names */
    public Map<String, Grant> grants() {
        return grants;
    }

    /** @return why a table cannot be written for now, by its full name; its rows are to be held */
    public Map<String, String> refusals() {
        return refusals;
    }

    public CoordinationResponse toResponse() throws IOException {
        byte[] bytes = InstantiationUtil.serializeObject(this);
        DataOutputSerializer framed = new DataOutputSerializer(bytes.length + Integer.BYTES);
        BytePrimitiveArraySerializer.INSTANCE.serialize(bytes, framed);
        return new CollectCoordinationResponse("lake", 0, List.of(framed.getCopyOfBuffer()));
    }

    public static CoordinatorReply of(CoordinationResponse response) throws IOException {
        byte[] bytes = ((CollectCoordinationResponse) response)
                .getResults(BytePrimitiveArraySerializer.INSTANCE)
                .get(0);
        try {
            return InstantiationUtil.deserializeObject(bytes, CoordinatorReply.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IOException("the coordinator runs another version of this job", e);
        }
    }
}
