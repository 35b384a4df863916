package io.tributary.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicNamingTest {
    @ParameterizedTest
    @CsvSource({
        "shop.db.sale.Value, shop.db.sale, VALUE, true",
        "shop.db.sale.Envelope, shop.db.sale, VALUE, true",
        "shop.db.sale.Key, shop.db.sale, KEY, true",
        "shop.db.sale.Key, shop.db.sale, VALUE, false",
        "shop.db.sale.Value, shop.db.sale, KEY, false",
        "shop.db.sales.Value, shop.db.sale, VALUE, false",
        "my_shop.db.sale.Value, my-shop.db.sale, VALUE, true",
        "shop._1db.sale.Value, shop.1db.sale, VALUE, true",
    })
    void followsDebezium(String name, String topic, Role role, boolean expected) {
        Schema schema = SchemaBuilder.record(name).fields().endRecord();
        assertThat(TopicNaming.belongs(schema, topic, role)).isEqualTo(expected);
    }
}
