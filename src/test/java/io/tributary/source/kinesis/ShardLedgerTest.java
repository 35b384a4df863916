package io.tributary.source.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardLedgerTest {
    private final ShardLedger ledger = new ShardLedger();

    @Test
    void childrenWaitUntilTheirParentIsFinished() {
        list(Shards.of(0), Shards.of(1, 0), Shards.of(2, 0));
        assertThat(ready()).containsExactly("s/" + Shards.id(0));
        ledger.assigned("s/" + Shards.id(0));
        assertThat(ready()).isEmpty();
        ledger.finished("s/" + Shards.id(0));
        assertThat(ready()).containsExactly("s/" + Shards.id(1), "s/" + Shards.id(2));
    }

    @Test
    void aMergedShardWaitsForBothOfItsParents() {
        list(Shards.of(0), Shards.of(1), Shards.of(2, 0, 1));
        ledger.assigned("s/" + Shards.id(0));
        ledger.assigned("s/" + Shards.id(1));
        ledger.finished("s/" + Shards.id(1));
        assertThat(ready()).isEmpty();
        ledger.finished("s/" + Shards.id(0));
        assertThat(ready()).containsExactly("s/" + Shards.id(2));
    }

    @Test
    void aParentThatTheRetentionHasRemovedIsNotWaitedFor() {
        list(Shards.of(7, 3), Shards.of(8, 3));
        assertThat(ready()).hasSize(2);
    }

    @Test
    void aParentOfAnotherStreamIsNone() {
        list(Shards.ofStream("other", 0), Shards.of(1, 0));
        assertThat(ready()).hasSize(2);
    }

    @Test
    void aShardKeepsItsFirstPosition() {
        ledger.listed(List.of(Shards.of(0)), ShardPosition.at(5));
        ledger.listed(List.of(Shards.of(0), Shards.of(1, 0)), ShardPosition.HORIZON);
        assertThat(ledger.ready()).singleElement().hasToString("s/" + Shards.id(0) + " from 1970-01-01T00:00:00.005Z");
    }

    @Test
    void finishedShardsThatAreGoneAreForgottenAndOthersAreNot() throws IOException {
        list(Shards.of(0), Shards.of(1, 0), Shards.ofStream("other", 0));
        ledger.finished("s/" + Shards.id(0));
        ledger.finished("other/" + Shards.id(0));
        list(Shards.of(2, 1));
        assertThat(restored().allFinished()).isFalse();
        ledger.finished("s/" + Shards.id(1));
        ledger.finished("s/" + Shards.id(2));
        list(Shards.of(2, 1), Shards.of(0), Shards.ofStream("other", 0));
        assertThat(ready())
                .as("of those that are listed again the forgotten one is new")
                .containsExactly("s/" + Shards.id(0));
    }

    @Test
    void whatAReaderHadIsGivenOutAgainFromWhereItCameTo() {
        list(Shards.of(0), Shards.of(1));
        ledger.assigned("s/" + Shards.id(0));
        ledger.assigned("s/" + Shards.id(1));
        ledger.givenBack(new ShardSplit(Shards.of(0), ShardPosition.after("12", 3)));
        ledger.givenBack(new ShardSplit(Shards.of(1), ShardPosition.END));
        assertThat(ledger.ready()).singleElement().hasToString("s/" + Shards.id(0) + " after 12.3");
    }

    @Test
    void aCheckpointKeepsItAll() throws IOException {
        list(Shards.of(0), Shards.of(1, 0), Shards.of(2), Shards.of(3, 1, 2));
        ledger.assigned("s/" + Shards.id(2));
        ledger.finished("s/" + Shards.id(0));
        ShardLedger restored = restored();
        ledger.finished("s/" + Shards.id(1));
        assertThat(restored.ready()).extracting(ShardSplit::splitId).containsExactly("s/" + Shards.id(1));
        restored.finished("s/" + Shards.id(1));
        restored.finished("s/" + Shards.id(2));
        assertThat(restored.ready()).extracting(ShardSplit::splitId).containsExactly("s/" + Shards.id(3));
    }

    private ShardLedger restored() throws IOException {
        ShardLedger.Serializer serializer = new ShardLedger.Serializer();
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(ledger.copy()));
    }

    private void list(Shard... shards) {
        ledger.listed(List.of(shards), ShardPosition.HORIZON);
    }

    private List<String> ready() {
        return ledger.ready().stream().map(ShardSplit::splitId).toList();
    }
}
