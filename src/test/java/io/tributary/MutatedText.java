package io.tributary;

import java.util.Random;

/** Texts with characters changed, cut, moved and repeated, as a broken writer or a bad hand leaves them. */
public final class MutatedText {
    private static final String SYNTAX = "{}[]\":,\\0123456789-.eEtfn= \n\u0000\uD800\uFFFF";
    private static final int DEEP = 2_000;

    private MutatedText() {}

    public static String of(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = mutant.isEmpty() ? 0 : random.nextInt(mutant.length());
            int to = Math.min(mutant.length(), at + random.nextInt(20));
            switch (random.nextInt(8)) {
                case 0 -> mutant.setLength(at);
                case 1 -> mutant.delete(at, to);
                case 2 -> mutant.insert(at, mutant.substring(at, to));
                case 3 -> mutant.insert(at, Long.toString(random.nextLong()));
                case 4 -> mutant.insert(at, String.valueOf(syntax(random)).repeat(random.nextInt(50) == 0 ? DEEP : 1));
                default -> {
                    if (!mutant.isEmpty()) {
                        mutant.setCharAt(at, syntax(random));
                    }
                }
            }
        }
        return mutant.toString();
    }

    private static char syntax(Random random) {
        return SYNTAX.charAt(random.nextInt(SYNTAX.length()));
    }
}
