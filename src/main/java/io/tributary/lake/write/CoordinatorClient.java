package io.tributary.lake.write;

import io.tributary.lake.protocol.CoordinatorReply;
import io.tributary.lake.protocol.WriterRequest;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobgraph.tasks.TaskOperatorEventGateway;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.SerializedValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A writer's line to the coordinator. A request is sent again until it is answered: the coordinator answers "not yet"
 * before the RPC layer's own time is up, and all requests are idempotent.
 */
final class CoordinatorClient {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorClient.class);
    private static final int MAX_LOST_ANSWERS = 30;
    private static final long ANSWER_SECONDS = 20;

    private final TaskOperatorEventGateway gateway;
    private final OperatorID operator;

    CoordinatorClient(TaskOperatorEventGateway gateway, OperatorID operator) {
        this.gateway = gateway;
        this.operator = operator;
    }

    /**
     * Blocks until the coordinator has answered.
     *
     * @throws IOException where it does not answer, or where this attempt has been replaced by a newer one
     */
    CoordinatorReply call(WriterRequest request) throws IOException {
        SerializedValue<org.apache.flink.runtime.operators.coordination.CoordinationRequest> message =
                new SerializedValue<>(request);
        int lost = 0;
        while (true) {
            try {
                CoordinatorReply reply = CoordinatorReply.of(
                        gateway.sendRequestToCoordinator(operator, message).get(ANSWER_SECONDS, TimeUnit.SECONDS));
                if (reply.status() == CoordinatorReply.Status.STALE) {
                    throw new IOException("the lake's coordinator knows a newer attempt than this one: " + request);
                }
                if (reply.status() == CoordinatorReply.Status.OK) {
                    return reply;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for the lake's coordinator: " + request, e);
            } catch (TimeoutException | ExecutionException e) {
                if (e instanceof ExecutionException
                        && !ExceptionUtils.findThrowable(e, TimeoutException.class)
                                .isPresent()) {
                    throw new IOException("the lake's coordinator failed on " + request, e.getCause());
                }
                if (++lost > MAX_LOST_ANSWERS) {
                    throw new IOException("the lake's coordinator does not answer " + request, e);
                }
                LOG.warn("No answer from the lake's coordinator to {}, asking again", request);
            }
        }
    }
}
