package io.tributary.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.AggregateOptions;
import io.tributary.config.ConfigException;
import io.tributary.config.TributaryConfig;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateSpecTest {
    @Test
    void theDefaultsAreThoseOfTheDesign() {
        Configuration settings =
                Configuration.fromMap(Map.of("table", "s.p.sale", "amount", "a", "output", "o", "group.by", "c"));
        AggregateSpec spec = AggregateSpec.of("x", settings);
        assertThat(settings.get(AggregateOptions.WINDOW)).isEqualTo(AggregateOptions.Window.SLIDING);
        assertThat(spec.windows().startsOf(Sales.at("14:26"))).containsExactly(Sales.at("14:25"), Sales.at("14:20"));
        assertThat(spec.windows().end(0)).isEqualTo(Duration.ofMinutes(10).toMillis());
        assertThat(spec.outOfOrderness()).isEqualTo(Duration.ofMinutes(10));
        assertThat(spec.emitInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(spec.windows().retention()).isEqualTo(Duration.ofDays(7).toMillis());
        assertThat(spec.timeColumn()).as("the source's timestamp").isNull();
        assertThat(spec.includesSnapshot()).isTrue();
        assertThat(spec.isExactlyOnce()).isFalse();
        assertThat(spec.transactionalIdPrefix()).isEqualTo("tributary-x-o");
    }

    @Test
    void dimensionsFormChains() {
        AggregateSpec spec = Sales.spec(
                "group.by", "category.catname, country",
                "dimension.event", "tickit.ems.event on eventid",
                "dimension.category", "tickit.ems.category on event.catid");
        assertThat(spec.dimensions().get("category")).hasToString("category = tickit.ems.category on event.catid");
        Node sale = Node.rootOf(spec);
        assertThat(sale.joins()).singleElement().satisfies(join -> {
            assertThat(join.dimension().label()).isEqualTo("event");
            assertThat(join.dimension().joins()).hasSize(1);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "group.by           | event.name                     | there is no dimension 'event'",
                "group.by           | country,,city                  | a name is missing",
                "group.by           | country, country               | two columns are named country",
                "dimension.event    | tickit.ems.event eventid       | it must read 'server.schema.table on column'",
                "dimension.event    | tickit.ems.event on eventid    | no column of group.by needs it",
                "dimension.event    | tickit.ems.event on venue.id   | there is no dimension 'venue'",
                "dimension.event    | tickit.ems.event on event.id   | in a circle",
                "time.zone          | Middle-earth                   | no such zone",
                "time.format        | bbb                            | no pattern",
                "window.size        | 0 s                            | must be positive",
                "output             | ''                             | a value is required",
            })
    void whatIsWrongIsNamed(String key, String value, String why) {
        assertThatThrownBy(() -> Sales.spec(key, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Aggregate.test")
                .hasMessageContaining(key)
                .hasMessageContaining(why);
    }

    @Test
    void aSlideMustDivideTheSize() {
        assertThatThrownBy(() -> Sales.spec("window", "sliding", "window.slide", "3 min"))
                .hasMessageContaining("must divide window.size");
    }

    @Test
    void aRowCannotBeInMillionsOfWindows() {
        assertThatThrownBy(() -> Sales.spec("window", "sliding", "window.size", "1000 d", "window.slide", "1 ms"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Aggregate.test, key 'window.slide'")
                .hasMessageContaining("every row would be in 86400000000 windows")
                .hasMessageContaining("raise window.slide");
        Sales.spec("window", "sliding", "window.size", "10000 s", "window.slide", "1 s");
    }

    @Test
    void aWindowCannotBeLongerThanTime() {
        assertThatThrownBy(() -> Sales.spec("window", "tumbling", "window.size", "4000001 d"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Aggregate.test, key 'window.size'")
                .hasMessageContaining("4000000 d");
    }

    @Test
    void twoAggregatesCannotShareATopic() {
        Configuration settings = Configuration.fromMap(Map.of("table", "t", "amount", "a", "output", "same"));
        TributaryConfig config = new TributaryConfig(Map.of("Aggregate.one", settings, "Aggregate.two", settings));
        assertThatThrownBy(() -> Aggregates.specs(config))
                .hasMessageContaining("Aggregate.two")
                .hasMessageContaining("Aggregate.one sends its figures there");
    }
}
