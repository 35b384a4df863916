package io.tributary.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.LakeOptions.EvolutionPolicy;
import io.tributary.debezium.TableId;
import io.tributary.lake.Changes;
import io.tributary.lake.fs.HadoopSettings;
import io.tributary.lake.lease.LeaseKeeper;
import io.tributary.lake.lease.LeaseListener;
import io.tributary.lake.lease.LeaseLostException;
import io.tributary.lake.lease.LeaseTerms;
import io.tributary.lake.protocol.CoordinatorReply;
import io.tributary.lake.protocol.CoordinatorReply.Grant;
import io.tributary.lake.protocol.CoordinatorReply.Status;
import io.tributary.lake.protocol.PendingWrite;
import io.tributary.lake.protocol.WriteCounts;
import io.tributary.lake.protocol.WriterRequest;
import io.tributary.lake.protocol.WriterRequest.TableNeed;
import io.tributary.lake.schema.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.MockOperatorCoordinatorContext;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each transition of the protocol that the package's documentation describes, with two writers. */
class LakeCoordinatorTest {
    private static final String ITEM = "shop.public.item";
    private static final String SALE = "shop.public.sale";
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    @TempDir
    Path lake;

    private final FakeTables tables = new FakeTables();
    private final int[] attempts = new int[2];
    private MockOperatorCoordinatorContext context;
    private Threads threads;
    private LakeCoordinator coordinator;

    private EvolutionPolicy policy = EvolutionPolicy.LENIENT;

    @BeforeEach
    void start() {
        context = new MockOperatorCoordinatorContext(new OperatorID(), 2);
        threads = new Threads();
        coordinator =
                new LakeCoordinator(context, tables, table -> policy, threads, keeper("job"), CommitListener.NONE);
        coordinator.start();
    }

    @AfterEach
    void close() throws Exception {
        coordinator.close();
    }

    @Test
    void noWriterMayBeginBeforeAllHaveBooted() throws Exception {
        boot(FIRST);
        CompletableFuture<CoordinationResponse> begin = begin(FIRST, -1, ITEM);
        assertThat(isWaiting(begin)).isTrue();
        boot(SECOND);
        assertThat(grant(begin, ITEM).instant()).isNotNull();
    }

    @Test
    void allWritersOfAnEpochWriteIntoOneInstantOfATable() throws Exception {
        bootBoth();
        Grant first = grant(begin(FIRST, -1, ITEM, SALE), ITEM);
        assertThat(grant(begin(SECOND, -1, ITEM), ITEM).instant()).isEqualTo(first.instant());
        assertThat(tables.timeline(ITEM)).containsOnlyKeys(first.instant());
        assertThat(tables.opened).hasValue(2);
    }

    @Test
    void theWidestSchemaIsGivenToAll() throws Exception {
        bootBoth();
        TableSchema wide = schema("id \"int\"", "name \"string\"", "added \"string\"");
        begin(FIRST, -1, Map.of(ITEM, wide)).get();
        Grant second = grant(begin(SECOND, -1, Map.of(ITEM, schema("id \"int\""))), ITEM);
        assertThat(second.schema()).isEqualTo(wide);
    }

    @Test
    void onlyTablesWithWritesAreCommitted() throws Exception {
        bootBoth();
        String instant = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        flush(FIRST, 1, write(1, ITEM, instant));
        flush(SECOND, 1);
        complete(1);
        assertThat(tables.commits(ITEM)).hasSize(1);
        assertThat(tables.timeline(ITEM)).containsEntry(instant, true);
        assertThat(tables.timelines).containsOnlyKeys(ITEM);
        complete(2);
        assertThat(tables.commits(ITEM)).hasSize(1);
    }

    @Test
    void theNextEpochHasANewInstant() throws Exception {
        bootBoth();
        String first = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        flush(FIRST, 1, write(1, ITEM, first));
        flush(SECOND, 1);
        complete(1);
        assertThat(grant(begin(FIRST, 1, ITEM), ITEM).instant()).isGreaterThan(first);
    }

    @Test
    void whatWasFlushedTwiceIsCommittedAndCountedOnce() throws Exception {
        bootBoth();
        String instant = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        flush(FIRST, 1, write(1, ITEM, instant));
        flush(FIRST, 1, write(1, ITEM, instant));
        flush(SECOND, 1);
        complete(1);
        assertThat(tables.commits(ITEM)).hasSize(1);
        assertThat(tables.commits(ITEM).get(0)).hasSize(1);
    }

    @Test
    void anAbortedCheckpointsWritesAreCommittedWithTheNextOne() throws Exception {
        bootBoth();
        String instant = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        flush(FIRST, 1, write(1, ITEM, instant));
        flush(SECOND, 1);
        coordinator.notifyCheckpointAborted(1);
        String next = grant(begin(SECOND, 1, ITEM), ITEM).instant();
        flush(FIRST, 2);
        flush(SECOND, 2, write(2, ITEM, next));
        assertThat(tables.commits(ITEM)).isEmpty();
        complete(2);
        assertThat(tables.timeline(ITEM)).doesNotContainValue(false);
        assertThat(tables.commits(ITEM).stream().mapToInt(List::size).sum()).isEqualTo(2);
    }

    /** The first writer flushes early, after a barrier that the second, which has written nothing yet, has not passed. */
    @Test
    void rowsAfterABarrierGetALaterInstantThanAllRowsBeforeIt() throws Exception {
        bootBoth();
        flush(FIRST, 1);
        CompletableFuture<CoordinationResponse> early = begin(FIRST, 1, ITEM);
        assertThat(isWaiting(early)).isTrue();
        String before = grant(begin(SECOND, -1, ITEM), ITEM).instant();
        flush(SECOND, 1, write(1, ITEM, before));
        String after = grant(early, ITEM).instant();
        assertThat(after).isGreaterThan(before);
        complete(1);
        assertThat(tables.timeline(ITEM)).containsEntry(before, true).containsEntry(after, false);
        assertThat(grant(begin(SECOND, 1, ITEM), ITEM).instant()).isEqualTo(after);
        flush(FIRST, 2, write(2, ITEM, after));
        flush(SECOND, 2, write(2, ITEM, after));
        complete(2);
        assertThat(tables.timeline(ITEM)).containsEntry(after, true);
        assertThat(tables.commits(ITEM).get(1)).hasSize(2);
    }

    @Test
    void rowsAfterABarrierDoNotWaitForItsCommit() throws Exception {
        bootBoth();
        String before = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        flush(FIRST, 1, write(1, ITEM, before));
        flush(SECOND, 1);
        assertThat(grant(begin(FIRST, 1, ITEM), ITEM).instant()).isGreaterThan(before);
    }

    /** Nobody is told that a savepoint is complete which does not stop the job. */
    @Test
    void aSavepointHoldsNothingUpAndItsWritesAreCommittedWithTheNextCheckpoint() throws Exception {
        bootBoth();
        String before = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        flush(FIRST, 1, write(1, ITEM, before));
        flush(SECOND, 1);
        String after = grant(begin(FIRST, 1, ITEM), ITEM).instant();
        flush(FIRST, 2, write(2, ITEM, after));
        flush(SECOND, 2);
        complete(2);
        assertThat(tables.timeline(ITEM)).containsEntry(before, true).containsEntry(after, true);
        assertThat(tables.commits(ITEM).get(0).get(0).instant()).isEqualTo(before);
    }

    /** A savepoint does not wait for the checkpoint before it, and may end sooner. */
    @Test
    void aSavepointThatIsAbortedLeavesTheCheckpointBeforeItUndecided() throws Exception {
        bootBoth();
        String before = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        flush(FIRST, 1, write(1, ITEM, before));
        coordinator.notifyCheckpointAborted(2);
        CompletableFuture<CoordinationResponse> begin = begin(FIRST, 1, ITEM);
        flush(SECOND, 1);
        assertThat(grant(begin, ITEM).instant()).isGreaterThan(before);
    }

    @Test
    void aWriterThatDoesNotPassAnAbortedBarrierHoldsNothingUp() throws Exception {
        bootBoth();
        flush(FIRST, 1);
        CompletableFuture<CoordinationResponse> begin = begin(FIRST, 1, ITEM);
        assertThat(isWaiting(begin)).isTrue();
        coordinator.notifyCheckpointAborted(1);
        assertThat(grant(begin, ITEM).instant()).isNotNull();
    }

    @Test
    void aWriterWhoseInputHasEndedHoldsNothingUp() throws Exception {
        bootBoth();
        flush(FIRST, 1);
        flush(SECOND, 1);
        complete(1);
        assertThat(reply(call(WriterRequest.awaitCommit(SECOND, 0, 1))).status())
                .isEqualTo(Status.OK);
        flush(FIRST, 2);
        assertThat(grant(begin(FIRST, 2, ITEM), ITEM).instant()).isNotNull();
    }

    @Test
    void theEndOfTheInputWaitsForTheLastCommit() throws Exception {
        bootBoth();
        String instant = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        flush(FIRST, 1, write(1, ITEM, instant));
        flush(SECOND, 1);
        CompletableFuture<CoordinationResponse> end = call(WriterRequest.awaitCommit(FIRST, 0, 1));
        assertThat(isWaiting(end)).isTrue();
        complete(1);
        assertThat(reply(end).status()).isEqualTo(Status.OK);
        assertThat(reply(end).committed()).isEqualTo(1);
        assertThat(reply(end).uncommitted()).isEmpty();
    }

    @Test
    void requestsOfAnOlderAttemptAreStale() throws Exception {
        bootBoth();
        coordinator.subtaskReset(FIRST, -1);
        attempts[FIRST]++;
        attempts[SECOND]++;
        bootBoth();
        assertThat(reply(call(WriterRequest.begin(FIRST, 0, -1, needs(ITEM)))).status())
                .isEqualTo(Status.STALE);
        assertThat(reply(call(WriterRequest.flushed(FIRST, 0, 1, List.of()))).status())
                .isEqualTo(Status.STALE);
        assertThat(reply(call(WriterRequest.boot(FIRST, 0, List.of()))).status())
                .isEqualTo(Status.STALE);
    }

    @Test
    void anAttemptThatAResetHasEndedChangesNothing() throws Exception {
        bootBoth();
        String instant = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        coordinator.subtaskReset(FIRST, -1);
        assertThat(reply(call(WriterRequest.flushed(FIRST, 0, 1, List.of(write(1, ITEM, instant)))))
                        .status())
                .isEqualTo(Status.STALE);
        assertThat(reply(call(WriterRequest.boot(FIRST, 0, List.of()))).status())
                .isEqualTo(Status.STALE);
        attempts[FIRST]++;
        attempts[SECOND]++;
        bootBoth();
        complete(1);
        assertThat(tables.commits(ITEM)).isEmpty();
        assertThat(context.isJobFailed()).isFalse();
    }

    @Test
    void aResetAnswersWaitingRequestsAsStaleAndStartsAnewFromBoot() throws Exception {
        boot(FIRST);
        CompletableFuture<CoordinationResponse> begin = begin(FIRST, -1, ITEM);
        assertThat(isWaiting(begin)).isTrue();
        coordinator.subtaskReset(FIRST, -1);
        assertThat(reply(begin).status()).isEqualTo(Status.STALE);
        attempts[FIRST]++;
        boot(FIRST);
        assertThat(isWaiting(begin(FIRST, -1, ITEM))).isTrue();
    }

    @Test
    void aFailureAfterTheCheckpointLeavesThePendingWritesToTheRestoredWriters() throws Exception {
        bootBoth();
        String instant = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        flush(FIRST, 1, write(1, ITEM, instant));
        flush(SECOND, 1);
        coordinator.subtaskReset(FIRST, 1);
        complete(1);
        assertThat(tables.commits(ITEM)).isEmpty();
        attempts[FIRST]++;
        attempts[SECOND]++;
        boot(FIRST, write(1, ITEM, instant));
        boot(SECOND);
        assertThat(tables.timeline(ITEM)).containsEntry(instant, true);
    }

    @Test
    void aPendingInstantOfTheRestoredStateIsCommittedOnce() throws Exception {
        tables.timeline(ITEM).put("20260101000000000", false);
        tables.timeline(ITEM).put("20260101000000009", false);
        PendingWrite write = write(7, ITEM, "20260101000000000");
        boot(FIRST, write);
        boot(SECOND);
        assertThat(tables.commits(ITEM)).containsExactly(List.of(write));
        assertThat(tables.timeline(ITEM)).containsOnlyKeys("20260101000000000");
        complete(8);
        assertThat(tables.commits(ITEM)).hasSize(1);
        assertThat(flush(FIRST, 9).committed()).isEqualTo(8);
    }

    @Test
    void aRestoredInstantThatIsCommittedAlreadyIsLeftAlone() throws Exception {
        tables.timeline(ITEM).put("20260101000000000", true);
        boot(FIRST, write(7, ITEM, "20260101000000000"));
        boot(SECOND);
        assertThat(flush(FIRST, 8).committed()).isEqualTo(7);
        assertThat(tables.commits(ITEM)).isEmpty();
        assertThat(context.isJobFailed()).isFalse();
    }

    @Test
    void aRestoredInstantThatIsGoneFailsTheJobAndSaysWhy() throws Exception {
        tables.timeline(ITEM).put("20250101000000000", true);
        boot(FIRST, write(7, ITEM, "20260101000000000"));
        call(WriterRequest.boot(SECOND, 0, List.of()));
        assertThat(context.getJobFailedFuture()).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(context.getJobFailureReason())
                .isInstanceOf(LostInstantException.class)
                .hasMessageContaining(ITEM)
                .hasMessageContaining("20260101000000000")
                .hasMessageContaining("Source.start=earliest");
    }

    @Test
    void ofTwoRestoredInstantsTheOlderIsCommittedFirst() throws Exception {
        tables.timeline(ITEM).put("20260101000000000", false);
        tables.timeline(ITEM).put("20260101000000001", false);
        boot(FIRST, write(8, ITEM, "20260101000000001"));
        boot(SECOND, write(7, ITEM, "20260101000000000"));
        assertThat(tables.commits(ITEM))
                .extracting(writes -> writes.get(0).instant())
                .containsExactly("20260101000000000", "20260101000000001");
    }

    @Test
    void aTableThatCannotBeOpenedIsRefusedAloneAndTriedAgain() throws Exception {
        bootBoth();
        tables.openFailures.put(ITEM, "made with another key");
        CoordinatorReply reply = reply(begin(FIRST, -1, ITEM, SALE));
        assertThat(reply.grants()).containsOnlyKeys(SALE);
        assertThat(reply.refusals()).containsEntry(ITEM, "made with another key");
        flush(FIRST, 1, write(1, SALE, reply.grants().get(SALE).instant()));
        flush(SECOND, 1);
        complete(1);
        assertThat(tables.commits(SALE)).hasSize(1);
        tables.openFailures.clear();
        assertThat(reply(begin(FIRST, 1, ITEM)).grants()).containsKey(ITEM);
    }

    @Test
    void aTableThatCannotBeCommittedIsRefusedAloneUntilItIsCommitted() throws Exception {
        bootBoth();
        CoordinatorReply begun = reply(begin(FIRST, -1, ITEM, SALE));
        String instant = begun.grants().get(ITEM).instant();
        flush(
                FIRST,
                1,
                write(1, ITEM, instant),
                write(1, SALE, begun.grants().get(SALE).instant()));
        flush(SECOND, 1);
        tables.commitFailures.put(ITEM, "no space left");
        complete(1);
        CoordinatorReply refused = reply(begin(FIRST, 1, ITEM, SALE));
        assertThat(refused.grants()).containsOnlyKeys(SALE);
        assertThat(refused.refusals().get(ITEM)).contains("no space left");
        assertThat(refused.uncommitted()).containsExactly(ITEM);
        tables.commitFailures.clear();
        flush(FIRST, 2, write(2, SALE, refused.grants().get(SALE).instant()));
        flush(SECOND, 2);
        complete(2);
        assertThat(tables.timeline(ITEM)).containsEntry(instant, true);
        CoordinatorReply again = reply(begin(FIRST, 2, ITEM));
        assertThat(again.uncommitted()).isEmpty();
        assertThat(again.grants().get(ITEM).instant()).isGreaterThan(instant);
    }

    @Test
    void aTableWhosePendingWritesCannotBeRecoveredIsTriedAgainWithEachCheckpoint() throws Exception {
        tables.timeline(ITEM).put("20260101000000000", false);
        tables.openFailures.put(ITEM, "access denied");
        boot(FIRST, write(7, ITEM, "20260101000000000"));
        boot(SECOND);
        CoordinatorReply refused = reply(begin(FIRST, -1, ITEM, SALE));
        assertThat(refused.grants()).containsOnlyKeys(SALE);
        assertThat(refused.refusals().get(ITEM)).contains("access denied");
        complete(8);
        assertThat(reply(begin(FIRST, -1, ITEM)).refusals().get(ITEM)).contains("access denied");
        tables.openFailures.clear();
        complete(9);
        assertThat(tables.timeline(ITEM)).containsEntry("20260101000000000", true);
        assertThat(reply(begin(FIRST, -1, ITEM)).grants()).containsKey(ITEM);
    }

    @Test
    void aTruncateOfATableThatIsNotThereGivesLeaveWithoutATable() throws Exception {
        bootBoth();
        Map<String, TableNeed> needs = Map.of(ITEM, new TableNeed(id(ITEM), List.of()));
        Grant grant = grant(call(WriterRequest.begin(FIRST, 0, -1, needs)), ITEM);
        assertThat(grant.schema()).isNull();
        assertThat(tables.timelines).isEmpty();
    }

    @Test
    void whileAnotherJobHoldsTheLakeNoWriterIsTakenIn() throws Exception {
        coordinator.close();
        try (LeaseKeeper other = keeper("other")) {
            CompletableFuture<Void> held = new CompletableFuture<>();
            other.start(new LeaseListener() {
                @Override
                public void taken() {
                    held.complete(null);
                }

                @Override
                public void refused(IOException why) {
                    held.completeExceptionally(why);
                }
            });
            held.get(10, TimeUnit.SECONDS);
            start();
            assertThat(isWaiting(call(WriterRequest.boot(FIRST, 0, List.of())))).isTrue();
        }
        bootBoth();
        assertThat(grant(begin(FIRST, -1, ITEM), ITEM).instant()).isNotNull();
    }

    @Test
    void aJobThatHasLostTheLakeFailsAndCommitsNothing() throws Exception {
        bootBoth();
        String instant = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        flush(FIRST, 1, write(1, ITEM, instant));
        flush(SECOND, 1);
        FileUtil.fullyDelete(lake.resolve("_lease").toFile());
        assertThat(context.getJobFailedFuture()).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(context.getJobFailureReason())
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("_lease")
                .hasMessageContaining("Only one job may write to a lake");
        complete(1);
        assertThat(tables.commits(ITEM)).isEmpty();
    }

    @Test
    void theLeaseIsGivenBackAtTheEnd() throws Exception {
        bootBoth();
        assertThat(lake.resolve("_lease")).isNotEmptyDirectory();
        coordinator.close();
        assertThat(lake).isEmptyDirectory();
    }

    private LeaseKeeper keeper(String who) {
        return LeaseKeeper.of(
                lake.toUri().toString(), new HadoopSettings(Map.of()), new LeaseTerms(Duration.ofSeconds(2)), who);
    }

    @Test
    void anInstantThatNobodyHasWrittenIntoIsGivenAgain() throws Exception {
        bootBoth();
        String unused = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        flush(FIRST, 1);
        flush(SECOND, 1);
        assertThat(grant(begin(FIRST, 1, ITEM), ITEM).instant()).isEqualTo(unused);
        flush(FIRST, 2, write(2, ITEM, unused));
        flush(SECOND, 2);
        assertThat(grant(begin(FIRST, 2, ITEM), ITEM).instant()).isGreaterThan(unused);
        complete(1);
        complete(2);
        assertThat(tables.timeline(ITEM)).containsEntry(unused, true);
    }

    @Test
    void aTableIsOpenedAnewAfterAFailureAndKeepsWhatIsBeingWritten() throws Exception {
        bootBoth();
        String given = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        tables.commitFailures.put(ITEM, "no space left");
        flush(FIRST, 1, write(1, ITEM, given));
        flush(SECOND, 1);
        String next = grant(begin(SECOND, 1, ITEM), ITEM).instant();
        complete(1);
        int opened = tables.opened.get();
        tables.commitFailures.clear();
        flush(FIRST, 2);
        flush(SECOND, 2, write(2, ITEM, next));
        complete(2);
        assertThat(tables.opened.get()).isGreaterThan(opened);
        assertThat(tables.timeline(ITEM)).containsEntry(given, true).containsEntry(next, true);
    }

    @Test
    void aTableThatSomebodyPutInThePlaceOfABrokenOneGetsAnInstantOfItsOwn() throws Exception {
        bootBoth();
        String gone = grant(begin(FIRST, -1, ITEM), ITEM).instant();
        flush(FIRST, 1);
        flush(SECOND, 1);
        tables.openFailures.put(ITEM, "the timeline is broken");
        Map<String, TableNeed> another = Map.of(ITEM, new TableNeed(id(ITEM), List.of(schema("other \"int\""))));
        assertThat(reply(call(WriterRequest.begin(FIRST, 0, 1, another))).refusals())
                .containsKey(ITEM);
        tables.openFailures.clear();
        tables.timeline(ITEM).clear();
        String made = grant(begin(FIRST, 1, ITEM), ITEM).instant();
        assertThat(made).isGreaterThan(gone);
    }

    @Test
    void aChangeThatThePolicyRefusesFailsTheJobAndSaysWhy() throws Exception {
        policy = EvolutionPolicy.EXCEPTION;
        bootBoth();
        grant(begin(FIRST, -1, Map.of(ITEM, schema("id \"int\"", "n \"int\""))), ITEM);
        begin(SECOND, -1, Map.of(ITEM, schema("id \"int\"", "n \"string\"")));
        settle();
        assertThat(context.isJobFailed()).isTrue();
        assertThat(context.getJobFailureReason()).hasMessageContaining("column n from int to string");
    }

    private void bootBoth() throws Exception {
        boot(FIRST);
        boot(SECOND);
    }

    private void boot(int subtask, PendingWrite... restored) throws Exception {
        assertThat(reply(call(WriterRequest.boot(subtask, attempts[subtask], List.of(restored))))
                        .status())
                .isEqualTo(Status.OK);
    }

    private CompletableFuture<CoordinationResponse> begin(int subtask, long lastBarrier, String... names) {
        return call(WriterRequest.begin(subtask, attempts[subtask], lastBarrier, needs(names)));
    }

    private CompletableFuture<CoordinationResponse> begin(
            int subtask, long lastBarrier, Map<String, TableSchema> schemas) {
        Map<String, TableNeed> needs = new HashMap<>();
        schemas.forEach((name, schema) -> needs.put(name, new TableNeed(id(name), List.of(schema))));
        return call(WriterRequest.begin(subtask, attempts[subtask], lastBarrier, needs));
    }

    private CoordinatorReply flush(int subtask, long checkpoint, PendingWrite... writes) throws Exception {
        return reply(call(WriterRequest.flushed(subtask, attempts[subtask], checkpoint, List.of(writes))));
    }

    private void complete(long checkpoint) throws Exception {
        coordinator.notifyCheckpointComplete(checkpoint);
        settle();
    }

    private CompletableFuture<CoordinationResponse> call(WriterRequest request) {
        return coordinator.handleCoordinationRequest(request);
    }

    private static CoordinatorReply reply(CompletableFuture<CoordinationResponse> response) throws Exception {
        return CoordinatorReply.of(response.get(10, TimeUnit.SECONDS));
    }

    private static Grant grant(CompletableFuture<CoordinationResponse> response, String table) throws Exception {
        CoordinatorReply reply = reply(response);
        assertThat(reply.status()).isEqualTo(Status.OK);
        assertThat(reply.grants()).containsKey(table);
        return reply.grants().get(table);
    }

    private boolean isWaiting(CompletableFuture<CoordinationResponse> response) throws Exception {
        settle();
        return !response.isDone();
    }

    /** Waits for the coordinator's thread to have done what it was given. */
    private void settle() throws Exception {
        threads.main().submit(() -> {}).get(10, TimeUnit.SECONDS);
    }

    private static Map<String, TableNeed> needs(String... names) {
        Map<String, TableNeed> needs = new HashMap<>();
        for (String name : names) {
            needs.put(name, new TableNeed(id(name), List.of(schema("id \"int\""))));
        }
        return needs;
    }

    private static PendingWrite write(long checkpoint, String table, String instant) {
        return new PendingWrite(
                checkpoint, id(table), instant, schema("id \"int\""), WriteCounts.NONE.plusEvent(1), List.of());
    }

    private static TableId id(String name) {
        return new TableId("shop", "shopdb", "public", name.substring(name.lastIndexOf('.') + 1));
    }

    private static TableSchema schema(String... columns) {
        return TableSchema.of(Changes.schema(columns));
    }
}
