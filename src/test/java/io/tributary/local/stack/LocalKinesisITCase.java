package io.tributary.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKinesisITCase {
    @TempDir
    Path directory;

    @BeforeEach
    void needsNode() {
        NeedsKinesis.orSkip();
    }

    @Test
    void itServesThisMachineAloneAndEnds() throws Exception {
        int port;
        try (LocalKinesis kinesis = LocalKinesis.started()) {
            port = kinesis.port();
            assertThat(kinesis.createStream("s", 1)).isEqualTo("arn:aws:kinesis:us-east-1:000000000000:stream/s");
            for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
                for (InetAddress address : network.inetAddresses().toList()) {
                    if (!address.isLoopbackAddress()) {
                        assertThatThrownBy(() -> connect(address, port)).isInstanceOf(IOException.class);
                    }
                }
            }
        }
        assertThat(FreePort.isFree(port)).isTrue();
    }

    @Test
    void recordsComeBackParentsFirstAfterASplitAndAMerge() {
        try (LocalKinesis kinesis = LocalKinesis.started()) {
            kinesis.createStream("s", 1);
            put(kinesis, "1");
            kinesis.split("s", kinesis.openShards("s").get(0));
            put(kinesis, "2");
            List<Shard> open = kinesis.openShards("s");
            assertThat(open).hasSize(2);
            assertThat(open.stream().filter(shard -> ShardKeys.holds(shard, "key")))
                    .hasSize(1);
            kinesis.merge("s", open.get(0), open.get(1));
            put(kinesis, "3");
            assertThat(kinesis.openShards("s")).hasSize(1);
            assertThat(kinesis.records("s"))
                    .extracting(LocalKinesisITCase::text)
                    .containsExactly("1", "2", "3");
        }
    }

    @Test
    void itEndsWithAParentThatIsKilled() throws Exception {
        Path pids = directory.resolve("pids");
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        pids.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("parent.log").toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(120)).until(() -> Files.exists(pids));
            ProcessHandle server =
                    ProcessHandle.of(Long.parseLong(Files.readString(pids))).orElseThrow();
            assertThat(server.isAlive()).isTrue();
            parent.destroyForcibly().waitFor();
            await().atMost(Duration.ofSeconds(20)).until(() -> !server.isAlive());
        } finally {
            parent.destroyForcibly();
        }
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
        }
    }

    private static void put(LocalKinesis kinesis, String text) {
        kinesis.client().putRecord("s", ByteBuffer.wrap(text.getBytes()), "key");
    }

    private static String text(Record record) {
        byte[] bytes = new byte[record.getData().remaining()];
        record.getData().get(bytes);
        return new String(bytes);
    }

    /** A parent that starts the server, writes its pid to a file and waits to be killed. */
    static final class Holder {
        public static void main(String[] args) throws Exception {
            LocalKinesis kinesis = LocalKinesis.started();
            Path partial = Path.of(args[0] + ".part");
            Files.writeString(partial, Long.toString(kinesis.pid()));
            Files.move(partial, Path.of(args[0]));
            Thread.currentThread().join();
        }
    }
}
