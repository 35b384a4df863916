package io.tributary.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Records for tests. */
public final class RawRecords {
    private RawRecords() {}

    /** Any record: null and empty keys, values and header values, header names that come twice. */
    public static Arbitrary<RawRecord> any() {
        Arbitrary<byte[]> bytes =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(50).injectNull(0.2);
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(10);
        Arbitrary<Headers> headers = Combinators.combine(texts, bytes)
                .as((name, value) -> new Object[] {name, value})
                .list()
                .ofMaxSize(4)
                .map(RawRecords::headers);
        return Combinators.combine(
                        texts,
                        Arbitraries.integers(),
                        Arbitraries.longs(),
                        Arbitraries.strings().numeric().ofMinLength(1).injectNull(0.5),
                        Arbitraries.longs(),
                        bytes,
                        bytes,
                        headers)
                .as(RawRecord::new);
    }

    /** Compares every part, bytes included. */
    public static void assertSame(RawRecord actual, RawRecord expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    private static Headers headers(List<Object[]> pairs) {
        return new Headers(
                pairs.stream().map(pair -> (String) pair[0]).toArray(String[]::new),
                pairs.stream().map(pair -> (byte[]) pair[1]).toArray(byte[][]::new));
    }
}
