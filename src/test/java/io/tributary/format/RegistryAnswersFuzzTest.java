package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import io.tributary.MutatedText;
import io.tributary.aws.GlueApi;
import io.tributary.http.AnsweringClient;
import io.tributary.http.AnsweringClient.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a registry answers, a schema is found, or not found, or unusable, or the registry counts as unavailable; and it is
 * asked a bounded number of times.
 */
class RegistryAnswersFuzzTest {
    private static final String SCHEMA =
            "{\"type\":\"record\",\"name\":\"V\",\"fields\":[{\"name\":\"id\",\"type\":\"Other\"}]}";
    private static final String QUOTED = SCHEMA.replace("\"", "\\\"");
    private static final int[] STATUS = {
        200, 200, 200, 200, 200, 200, 200, 200, 204, 301, 400, 401, 404, 404, 422, 429, 500, 503, 0
    };

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void fiveThousandAnswers() {
        fuzz(5_000, Long.getLong("tributary.seed", System.nanoTime()));
    }

    @Test
    @Tag("slow")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void aMillionAnswers() {
        fuzz(1_000_000, Long.getLong("tributary.seed", System.nanoTime()));
    }

    private static void fuzz(int rounds, long seed) {
        System.out.println("RegistryAnswersFuzzTest seed " + seed);
        Random random = new Random(seed);
        AtomicLong asked = new AtomicLong();
        AtomicLong now = new AtomicLong();
        List<SchemaStore> stores = List.of(
                store(new ApicurioClient(api(random, asked, ApicurioClient.PROBE), "default"), now),
                store(new ConfluentClient(api(random, asked, ConfluentClient.PROBE)), now),
                store(
                        new GlueClient(new GlueApi(
                                URI.create("https://glue.example"),
                                "eu-west-1",
                                new AWSStaticCredentialsProvider(new BasicAWSCredentials("id", "secret")),
                                AnsweringClient.transport(request -> answer(request, random, asked)))),
                        now));
        int usable = 0;
        for (int i = 0; i < rounds; i++) {
            SchemaStore store = stores.get(random.nextInt(stores.size()));
            asked.set(0);
            now.addAndGet(10_000);
            try {
                for (SchemaId.Kind kind : store.kinds()) {
                    SchemaId id = kind == SchemaId.Kind.GLUE
                            ? SchemaId.glue(random.nextLong(), random.nextLong())
                            : SchemaId.of(kind, random.nextInt(Integer.MAX_VALUE));
                    StoredSchema found = store.find(id);
                    usable += found.isUsable() ? 1 : 0;
                    assertThat(found.isUsable() || found.isMissing() || found.problem() != null)
                            .isTrue();
                    store.membership("topic-" + random.nextInt(5) + "-value", List.of(id));
                }
            } catch (RegistryUnavailableException e) {
                assertThat(e.getMessage()).hasSizeLessThan(2_000).doesNotContain("secret");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + i, e);
            }
            assertThat(asked.get()).as("requests, seed %d, round %d", seed, i).isLessThan(2_000);
        }
        assertThat(usable).as("answers that stayed usable").isGreaterThan(rounds / 50);
    }

    private static SchemaStore store(RegistryClient client, AtomicLong now) {
        return new SchemaStore(client, 100, 1_000, now::get);
    }

    private static RestApi api(Random random, AtomicLong asked, String probe) {
        return new RestApi(
                URI.create("https://registry.example/api"),
                "Basic c2VjcmV0",
                AnsweringClient.transport(request -> answer(request, random, asked)),
                probe);
    }

    private static Answer answer(HttpRequest request, Random random, AtomicLong asked) {
        asked.incrementAndGet();
        String honest = honest(request.uri().getPath(), random);
        int status = STATUS[random.nextInt(STATUS.length)];
        byte[] body;
        switch (random.nextInt(6)) {
            case 0:
                body = new byte[random.nextInt(40)];
                random.nextBytes(body);
                break;
            case 1:
                body = MutatedText.of(honest, random)
                        .getBytes(random.nextInt(10) == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
                break;
            case 2:
                body = (random.nextBoolean() ? "[" : "{\"versions\":")
                        .repeat(random.nextInt(5_000))
                        .getBytes(StandardCharsets.UTF_8);
                break;
            default:
                body = honest.getBytes(StandardCharsets.UTF_8);
                status = 200;
        }
        return new Answer(status, body);
    }

    /** As the three registries answer; whether a schema stands alone or refers to others is drawn. */
    private static String honest(String path, Random random) {
        String other = "{\"type\":\"fixed\",\"name\":\"Other\",\"size\":4}";
        if (path.endsWith("/references")) {
            return "[{\"groupId\":\"g\",\"artifactId\":\"a" + random.nextInt(3)
                    + "\",\"version\":\"1\",\"name\":\"Other\"}]";
        } else if (path.matches(".*/ids/(globalIds|contentIds)/\\d+")) {
            return random.nextBoolean() ? SCHEMA : "\"int\"";
        } else if (path.matches(".*/artifacts/[^/]+/versions")) {
            return "{\"count\":1,\"versions\":[{\"version\":\"1\",\"globalId\":" + random.nextInt(9)
                    + ",\"contentId\":3}]}";
        } else if (path.matches(".*/artifacts/[^/]+/versions/.*")) {
            return other;
        } else if (path.matches(".*/schemas/ids/\\d+/versions")) {
            return "[{\"subject\":\"topic-" + random.nextInt(5) + "-value\",\"version\":1}]";
        } else if (path.matches(".*/schemas/ids/\\d+")) {
            return "{\"schema\":\"" + (random.nextBoolean() ? QUOTED : "\\\"long\\\"")
                    + "\",\"references\":[{\"name\":\"Other\",\"subject\":\"o\",\"version\":" + random.nextInt(3)
                    + "}]}";
        } else if (path.matches(".*/subjects/[^/]+/versions/.*")) {
            return "{\"schema\":\"" + other.replace("\"", "\\\"") + "\"}";
        } else if (path.endsWith("/versions")) {
            return "[1,2]";
        }
        return "{\"SchemaVersionId\":\"" + new UUID(7, random.nextLong()) + "\",\"SchemaDefinition\":\""
                + (random.nextBoolean() ? QUOTED : "\\\"int\\\"")
                + "\",\"DataFormat\":\"AVRO\",\"__type\":\"EntityNotFoundException\"}";
    }
}
