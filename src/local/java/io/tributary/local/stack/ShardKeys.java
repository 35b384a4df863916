package io.tributary.local.stack;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard;

/**
 * Hash keys of Kinesis: 128-bit numbers, of a partition key its MD5
 * (https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html#partition-key).
 */
public final class ShardKeys {
    private static final BigInteger TWO = BigInteger.valueOf(2);

    private ShardKeys() {}

    /** @return whether records of that partition key belong in the shard */
    public static boolean holds(Shard shard, String partitionKey) {
        BigInteger hash = hash(partitionKey);
        return hash.compareTo(first(shard)) >= 0 && hash.compareTo(last(shard)) <= 0;
    }

    static BigInteger first(Shard shard) {
        return new BigInteger(shard.getHashKeyRange().getStartingHashKey());
    }

    static BigInteger last(Shard shard) {
        return new BigInteger(shard.getHashKeyRange().getEndingHashKey());
    }

    static BigInteger middle(Shard shard) {
        return first(shard).add(last(shard)).divide(TWO);
    }

    private static BigInteger hash(String partitionKey) {
        try {
            return new BigInteger(
                    1, MessageDigest.getInstance("MD5").digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no MD5", e);
        }
    }
}
