package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SchemaStoreTest {
    private static final String SUBJECT = "t-value";

    private final FakeRegistry registry = FakeRegistry.apicurio();
    private final AtomicLong time = new AtomicLong();

    private static SchemaId global(long id) {
        return SchemaId.of(SchemaId.Kind.GLOBAL, id);
    }

    @Test
    void keepsNoMoreThanItsSize() {
        SchemaStore store = new SchemaStore(registry, 2, 100, time::get);
        for (int id = 1; id <= 3; id++) {
            registry.add(SUBJECT, id, id, "\"int\"");
            store.find(global(id));
        }
        registry.asked.clear();
        store.find(global(3));
        store.find(global(2));
        assertThat(registry.asked).isEmpty();
        store.find(global(1));
        assertThat(registry.asked).containsExactly("schema globalId 1");
    }

    @Test
    void asksAgainForWhatWasMissingOnceTheTimeIsOver() {
        SchemaStore store = new SchemaStore(registry, 10, 100, time::get);
        assertThat(store.find(global(1)).isMissing()).isTrue();
        registry.add(SUBJECT, 1, 1, "\"int\"");
        time.set(99);
        assertThat(store.find(global(1)).isMissing()).isTrue();
        time.set(100);
        assertThat(store.find(global(1)).isUsable()).isTrue();
    }

    @Test
    void learnsOfAVersionThatIsAddedToASubject() {
        SchemaStore store = new SchemaStore(registry, 10, 100, time::get);
        registry.add(SUBJECT, 1, 1, "\"int\"");
        assertThat(store.membership(SUBJECT, List.of(global(1))).holds(global(1)))
                .isTrue();
        registry.add(SUBJECT, 2, 2, "\"long\"");
        assertThat(store.membership(SUBJECT, List.of(global(2))).holds(global(2)))
                .as("an id that was not asked for before is asked for at once")
                .isTrue();
    }

    @Test
    void onlyQuestionsThatReachTheRegistryAreCounted() {
        SchemaStore store = new SchemaStore(registry, 10, 100, time::get);
        registry.add(SUBJECT, 1, 1, "\"int\"");
        store.find(global(1));
        store.find(global(1));
        assertThat(store.calls()).isEqualTo(1);
        store.find(global(2));
        store.find(global(2));
        assertThat(store.calls()).isEqualTo(2);
        store.membership(SUBJECT, List.of(global(1)));
        store.membership(SUBJECT, List.of(global(1)));
        assertThat(store.calls()).isEqualTo(3);
    }

    @Test
    void aTextThatIsNoSchemaSaysWhy() {
        SchemaStore store = new SchemaStore(registry, 10, 100, time::get);
        registry.add(SUBJECT, 1, 1, "{\"type\":\"object\"}");
        StoredSchema stored = store.find(global(1));
        assertThat(stored.isUsable()).isFalse();
        assertThat(stored.isMissing()).isFalse();
        assertThat(stored.problem()).contains("object").doesNotContain("\n");
    }

    @Test
    void schemasThatAvroItselfWouldNotWriteStayReadable() {
        SchemaStore store = new SchemaStore(registry, 10, 100, time::get);
        registry.add(
                SUBJECT,
                1,
                1,
                "{\"type\":\"record\",\"name\":\"my-shop.Value\",\"fields\":"
                        + "[{\"name\":\"order-no\",\"type\":\"int\",\"default\":\"x\"}]}");
        assertThat(store.find(global(1)).isUsable()).isTrue();
    }
}
