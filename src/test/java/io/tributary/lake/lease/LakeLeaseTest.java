package io.tributary.lake.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.lake.lease.LakeLease.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The protocol step by step, with clocks that a test moves. A lease is 30 s, a heartbeat 6 s. */
class LakeLeaseTest {
    private static final LeaseTerms TERMS = new LeaseTerms(Duration.ofSeconds(30));

    private long storeMs = 1_700_000_000_000L;
    private long processMs;
    private final MemoryStore store = new MemoryStore(() -> storeMs);

    @Test
    void aFreeLakeIsTakenAtOnce() throws IOException {
        LakeLease lease = lease("one");
        assertThatThrownBy(lease::check).isInstanceOf(LeaseLostException.class);
        assertThat(lease.ageMs()).isEqualTo(-1);
        assertThat(lease.advance()).isEqualTo(Outcome.TAKEN);
        assertThat(lease.epoch()).isEqualTo(1);
        lease.check();
        assertThat(store.names()).hasSize(1);
    }

    @Test
    void aLeaseThatIsRenewedIsNotTaken() throws IOException {
        LakeLease owner = taken("owner");
        LakeLease other = lease("other");
        for (int i = 0; i < 5; i++) {
            assertThat(other.advance()).isEqualTo(Outcome.WAITING);
            pass(6_000);
            assertThat(owner.advance()).isEqualTo(Outcome.HELD);
            owner.check();
        }
    }

    @Test
    void whoWaitsInVainForAWholeLeaseIsToldWhoHasIt() throws IOException {
        LakeLease owner = taken("job shop 17");
        LakeLease other = lease("other");
        for (int i = 0; i < 7; i++) {
            assertThat(other.advance()).isEqualTo(Outcome.WAITING);
            pass(6_000);
            owner.advance();
        }
        assertThatThrownBy(other::advance)
                .isInstanceOf(LakeInUseException.class)
                .hasMessageContaining("job shop 17")
                .hasMessageContaining("Lake.path")
                .hasMessageContaining("memory:/lake/_lease");
        assertThat(other.advance()).isEqualTo(Outcome.WAITING);
    }

    @Test
    void aLeaseThatIsGivenBackIsTakenAtOnce() throws IOException {
        LakeLease owner = taken("owner");
        LakeLease other = lease("other");
        assertThat(other.advance()).isEqualTo(Outcome.WAITING);
        owner.release();
        assertThatThrownBy(owner::check).isInstanceOf(LeaseLostException.class);
        assertThat(other.advance()).isEqualTo(Outcome.TAKEN);
        other.release();
        assertThat(store.names()).isEmpty();
    }

    @Test
    void anExpiredLeaseIsTakenByTheStoresClockWhateverTheProcessesThinkTheTimeIs() throws IOException {
        taken("owner");
        LakeLease other = lease("other");
        processMs += Duration.ofDays(2).toMillis();
        assertThat(other.advance()).isEqualTo(Outcome.WAITING);
        storeMs += 30_000;
        assertThat(other.advance()).isEqualTo(Outcome.WAITING);
        storeMs += 1_000;
        assertThat(other.advance()).isEqualTo(Outcome.TAKEN);
        assertThat(other.epoch()).isEqualTo(2);
    }

    @Test
    void anOwnerStopsWritingLongBeforeItsLeaseExpiresAndGoesOnWhenAHeartbeatGetsThrough() throws IOException {
        LakeLease owner = taken("owner");
        pass(20_000);
        owner.check();
        pass(1);
        assertThatThrownBy(owner::check)
                .isNotInstanceOf(LeaseLostException.class)
                .hasMessageContaining("nothing is committed until a heartbeat gets through");
        pass(100_000);
        assertThat(owner.advance()).isEqualTo(Outcome.HELD);
        owner.check();
    }

    @Test
    void anOwnerThatWasTakenForDeadLearnsThatItHasLost() throws IOException {
        LakeLease owner = taken("owner");
        pass(31_000);
        LakeLease other = lease("other");
        assertThat(other.advance()).isEqualTo(Outcome.TAKEN);
        assertThatThrownBy(owner::check).isInstanceOf(IOException.class);
        assertThatThrownBy(owner::advance)
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("epoch 1")
                .hasMessageContaining("newest checkpoint");
        assertThatThrownBy(owner::check).isInstanceOf(LeaseLostException.class);
        assertThat(owner.advance()).isEqualTo(Outcome.WAITING);
        assertThat(other.advance()).isEqualTo(Outcome.HELD);
        other.release();
        assertThat(owner.advance()).isEqualTo(Outcome.TAKEN);
    }

    @Test
    void deletingTheFileTakesTheLeaseAway() throws IOException {
        LakeLease owner = taken("owner");
        store.delete(store.names().get(0));
        assertThatThrownBy(owner::advance).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void aProcessThatHasEndedHereIsNotWaitedFor() throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        try {
            byte[] content = LeaseOwner.of("killed", process.toHandle(), TERMS).toBytes();
            assertThat(LeaseOwner.of(content).isGone()).isFalse();
            store.write(LeaseFile.leaseName(7, "killed"), content);
            LakeLease next = lease("next");
            assertThat(next.advance()).isEqualTo(Outcome.WAITING);
            process.destroyForcibly().waitFor();
            assertThat(next.advance()).isEqualTo(Outcome.TAKEN);
            assertThat(next.epoch()).isEqualTo(8);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anOwnerThatCannotBeReadIsTakenForAlive() throws IOException {
        store.write(LeaseFile.leaseName(3, "other"), new byte[0]);
        LakeLease lease = lease("mine");
        assertThat(lease.advance()).isEqualTo(Outcome.WAITING);
        storeMs += 32_000;
        assertThat(lease.advance()).isEqualTo(Outcome.TAKEN);
    }

    @Test
    void foreignFilesInTheDirectoryAreLeftAlone() throws IOException {
        store.write("README", new byte[0]);
        LakeLease lease = taken("mine");
        lease.advance();
        lease.release();
        assertThat(store.names()).isEqualTo(List.of("README"));
    }

    @Test
    void theSystemsTickerGoesForward() {
        assertThatCode(() -> assertThat(Ticker.SYSTEM.mark().elapsedMs()).isBetween(0L, 60_000L))
                .doesNotThrowAnyException();
    }

    @Test
    void aLeaseIsAsLongAsItsOwnerSays() throws IOException {
        LeaseTerms longer = new LeaseTerms(Duration.ofMinutes(2));
        store.write(
                LeaseFile.leaseName(3, "other"),
                LeaseOwner.of("other", ProcessHandle.current(), longer).toBytes());
        LakeLease lease = lease("mine");
        storeMs += 90_000;
        assertThat(lease.advance()).isEqualTo(Outcome.WAITING);
        storeMs += 32_000;
        assertThat(lease.advance()).isEqualTo(Outcome.TAKEN);
    }

    private LakeLease taken(String who) throws IOException {
        LakeLease lease = lease(who);
        assertThat(lease.advance()).isEqualTo(Outcome.TAKEN);
        return lease;
    }

    private LakeLease lease(String who) {
        return new LakeLease(store, TERMS, LeaseOwner.here(who, TERMS), () -> {
            long from = processMs;
            return () -> processMs - from;
        });
    }

    private void pass(long millis) {
        storeMs += millis;
        processMs += millis;
    }
}
