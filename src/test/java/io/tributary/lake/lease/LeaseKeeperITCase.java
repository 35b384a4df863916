package io.tributary.lake.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.lake.fs.HadoopSettings;
import io.tributary.lake.fs.LakePath;
import io.tributary.local.stack.LocalS3;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lease on real file systems: a local directory, and S3 through S3A. */
class LeaseKeeperITCase {
    private static final LeaseTerms TERMS = new LeaseTerms(Duration.ofSeconds(2));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void inALocalDirectory() throws Exception {
        passesOn(LakePath.normalize(directory.toString()), new HadoopSettings(Map.of()));
    }

    @Test
    void onS3() throws Exception {
        try (LocalS3 s3 = LocalS3.started()) {
            s3.createBucket("lease");
            passesOn("s3a://lease/lake", new HadoopSettings(s3.s3aSettings()));
        }
    }

    @Test
    void itIsGivenBackAtOnceHoweverLongItIs() throws Exception {
        HadoopSettings hadoop = new HadoopSettings(Map.of());
        Told first = new Told(LakePath.normalize(directory.toString()), hadoop, new LeaseTerms(Duration.ofMinutes(10)));
        first.awaitTaken();
        first.keeper.close();
        assertThat(directory.resolve(LeaseDirectory.NAME)).doesNotExist();
    }

    /** From one that gives it back to the next, and from one that is not heard of any more to the one after. */
    private static void passesOn(String lake, HadoopSettings hadoop) throws Exception {
        Told first = new Told(lake, hadoop);
        first.awaitTaken();
        Told second = new Told(lake, hadoop);
        await().atMost(PATIENCE).until(() -> second.refusals.size() == 1);
        assertThat(second.refusals.get(0)).isInstanceOf(LakeInUseException.class);
        first.keeper.check();
        assertThat(LeaseInspection.holders(lake, hadoop.configuration()))
                .singleElement()
                .asString()
                .contains("last heartbeat");
        first.keeper.close();
        second.awaitTaken();
        second.keeper.close();
        assertThat(LeaseInspection.holders(lake, hadoop.configuration())).isEmpty();
        FileSystem files = FileSystem.get(URI.create(lake), hadoop.configuration());
        assertThat(files.exists(new org.apache.hadoop.fs.Path(lake, LeaseDirectory.NAME)))
                .isFalse();

        silent(lake, hadoop.configuration());
        Told third = new Told(lake, hadoop);
        third.awaitTaken();
        assertThat(third.refusals).isEmpty();
        assertThat(new LeaseDirectory(lake, hadoop.configuration()).list()).hasSize(1);
        third.keeper.close();
    }

    /** A lease of a machine that cannot be asked. */
    private static void silent(String lake, Configuration hadoop) throws IOException {
        new LeaseDirectory(lake, hadoop)
                .write(LeaseFile.leaseName(4, "elsewhere"), "{\"who\":\"elsewhere\",\"machine\":\"x\"}".getBytes());
    }

    private static final class Told implements LeaseListener {
        private final LeaseKeeper keeper;
        private final List<Boolean> taken = new CopyOnWriteArrayList<>();
        private final List<IOException> refusals = new CopyOnWriteArrayList<>();

        private Told(String lake, HadoopSettings hadoop) {
            this(lake, hadoop, TERMS);
        }

        private Told(String lake, HadoopSettings hadoop, LeaseTerms terms) {
            keeper = LeaseKeeper.of(lake, hadoop, terms, "test");
            keeper.start(this);
        }

        void awaitTaken() {
            try {
                await().atMost(PATIENCE).until(() -> !taken.isEmpty());
            } catch (ConditionTimeoutException e) {
                throw new AssertionError("refused " + refusals + "; threads " + threads(), e);
            }
        }

        /** @return where the keepers' threads are: one that waits for an answer is another matter than one that waits its turn */
        private static String threads() {
            return Thread.getAllStackTraces().entrySet().stream()
                    .filter(thread -> thread.getKey().getName().equals("lake-lease"))
                    .map(thread -> "\n" + Arrays.toString(thread.getValue()))
                    .collect(Collectors.joining());
        }

        @Override
        public void taken() {
            taken.add(true);
        }

        @Override
        public void refused(IOException why) {
            refusals.add(why);
        }
    }
}
