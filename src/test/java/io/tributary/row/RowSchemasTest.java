package io.tributary.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.local.recording.RecordedSchema;
import io.tributary.local.recording.Recording;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RowSchemasTest {
    private static final String SALE = """
            {"type":"record","name":"Value","namespace":"a.b","fields":[
              {"name":"id","type":"int"},
              {"name":"at","type":["null",{"type":"long","connect.name":"io.debezium.time.MicroTimestamp"}],"default":null},
              {"name":"qty","type":[{"type":"int","connect.default":1,"connect.type":"int16"},"null"],"default":1},
              {"name":"__op","type":["null","string"],"default":null},
              {"name":"__mine","type":"string"}]}""";

    @Test
    void aSchemaThatTravelsAsTextKeepsItsId() throws Exception {
        for (String name : Recording.bundledNames()) {
            for (RecordedSchema recorded : Recording.bundled(name).schemas()) {
                Schema schema = new Schema.Parser().parse(recorded.schema());
                if (schema.getField("after") != null) {
                    schema = schema.getField("after").schema().getTypes().get(0).getType() == Schema.Type.NULL
                            ? schema.getField("before").schema().getTypes().get(1)
                            : schema;
                }
                List<String> key = List.of(schema.getFields().get(0).name());
                RowSchema made = RowSchemas.of(schema, key);
                String text = made.avro().toString();
                Schema parsed = new Schema.Parser().parse(text);
                assertThat(parsed.toString()).isEqualTo(text);
                assertThat(RowSchemas.of(parsed, key)).isSameAs(made);
                assertThat(RowSchemas.parse(text, key)).isSameAs(made);
                assertThat(RowSchemas.known(made.id())).isSameAs(made);
            }
        }
    }

    @Test
    void debeziumsOwnFieldsAreNoColumnsButOthersWithUnderscoresAre() throws Exception {
        RowSchema schema = RowSchemas.of(new Schema.Parser().parse(SALE), List.of("id"));
        assertThat(schema.columns())
                .containsExactly(
                        new Column("id", ColumnType.INT, false),
                        new Column("at", ColumnType.TIMESTAMP, true),
                        new Column("qty", ColumnType.INT, true),
                        new Column("__mine", ColumnType.STRING, false));
        assertThat(schema.field(3)).isEqualTo(4);
    }

    @Test
    void theIdTellsSemanticTypesAndKeysApart() throws Exception {
        RowSchema schema = RowSchemas.parse(new Schema.Parser().parse(SALE).toString(), List.of("id"));
        RowSchema plain =
                RowSchemas.of(new Schema.Parser().parse(SALE.replace("MicroTimestamp", "Timestamp")), List.of("id"));
        RowSchema otherKey = RowSchemas.of(schema.avro(), List.of("id", "qty"));
        assertThat(List.of(schema.id(), plain.id(), otherKey.id())).doesNotHaveDuplicates();
    }

    @Test
    void aKeyColumnThatTheRowLacksIsNamed() {
        assertThatThrownBy(() -> RowSchemas.of(new Schema.Parser().parse(SALE), List.of("nr")))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining("key column nr");
    }

    @Test
    void whatIsNoRecordOrHasNoLakeTypeIsRefusedByName() {
        assertRefused("\"string\"", "string");
        assertRefused(record("[\"null\",\"int\",\"string\"]"), "x is a union of [null, int, string]");
        assertRefused(record("\"null\""), "x has the Avro type null");
        assertRefused(record("{\"type\":\"array\",\"items\":\"null\"}"), "without content");
        assertRefused(
                record("{\"type\":\"record\",\"name\":\"N\",\"fields\":[{\"name\":\"n\",\"type\":[\"null\",\"N\"]}]}"),
                "contains itself");
    }

    @Test
    void aSchemaThatIsNestedVeryDeeplyIsRefused() {
        String deep = "\"int\"";
        for (int i = 0; i < 100; i++) {
            deep = "{\"type\":\"array\",\"items\":" + deep + "}";
        }
        assertRefused(record(deep), "deeper than");
    }

    private static String record(String type) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":" + type + "}]}";
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> RowSchemas.of(new Schema.Parser().parse(json), List.of()))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining(message);
    }
}
