package io.tributary.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTableTest {
    @Test
    void theOriginalsRowsAreSharedOutAsTheOriginalHasThem() {
        assertThat(LoadTable.share(7, 424_319))
                .allSatisfy(table ->
                        assertThat(table.rows()).isEqualTo(table.shape().rows()));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,50", "7,7", "7,1000", "50,424319", "200,424319", "1000,424319"})
    void everyTableGetsARowAndNoRowIsLost(int tables, int rows) {
        List<LoadTable> shared = LoadTable.share(tables, rows);
        assertThat(shared).hasSize(tables).allMatch(table -> table.rows() >= 1);
        assertThat(shared.stream().mapToInt(LoadTable::rows).sum()).isEqualTo(rows);
        assertThat(shared.stream().map(LoadTable::fullName)).doesNotHaveDuplicates();
    }

    @Test
    void theNamesAreTheOriginalsAndThenNumbered() {
        List<LoadTable> shared = LoadTable.share(8, 100);
        assertThat(shared.get(0).fullName()).isEqualTo("tickit.ecomm.sale");
        assertThat(shared.get(7).fullName()).isEqualTo("tickit.ecomm.sale_1");
    }

    @Test
    void theSchemasAreAvros() {
        for (LoadTable table : LoadTable.share(8, 100)) {
            assertThat(new Schema.Parser()
                            .parse(table.valueSchema(Form.ENVELOPE))
                            .getFields())
                    .extracting(Schema.Field::name)
                    .startsWith("before", "after", "source");
            assertThat(new Schema.Parser()
                            .parse(table.valueSchema(Form.FLATTENED))
                            .getFields())
                    .extracting(Schema.Field::name)
                    .contains(Shape.CHANGED, "__op", "__source_pos");
        }
    }
}
