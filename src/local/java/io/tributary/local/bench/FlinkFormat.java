package io.tributary.local.bench;

import io.tributary.local.stack.StackFiles;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

/**
 * Flink's own format, {@code debezium-avro-confluent} for envelopes and {@code avro-confluent} for flattened rows, as Flink
 * SQL makes it. It reads values only, every column of them. It is not among this project's dependencies: it is loaded from
 * the jar that the baseline runs with.
 */
final class FlinkFormat implements AutoCloseable {
    private static final String PACKAGE = "org.apache.flink.formats.avro.";

    private final URLClassLoader loader;
    private final DeserializationSchema<RowData> format;

    FlinkFormat(LoadTable table, Form form, String registry) throws Exception {
        loader = new URLClassLoader(
                new URL[] {
                    StackFiles.find("bench", "flink-sql-avro-confluent-registry-*.jar")
                            .toUri()
                            .toURL()
                },
                FlinkFormat.class.getClassLoader());
        format = form == Form.ENVELOPE ? debezium(rowType(table), registry) : avro(rowType(table), registry);
        format.open(null);
    }

    /** The factories' way needs a planner; what they do is little more. */
    @SuppressWarnings("unchecked")
    private DeserializationSchema<RowData> debezium(RowType row, String registry) throws ReflectiveOperationException {
        return (DeserializationSchema<RowData>) load("registry.confluent.debezium.DebeziumAvroDeserializationSchema")
                .getConstructors()[0]
                .newInstance(row, InternalTypeInfo.of(row), registry, null, null);
    }

    @SuppressWarnings("unchecked")
    private DeserializationSchema<RowData> avro(RowType row, String registry) throws ReflectiveOperationException {
        Method toSchema = load("typeutils.AvroSchemaConverter").getMethod("convertToSchema", LogicalType.class);
        Object records = load("registry.confluent.ConfluentRegistryAvroDeserializationSchema")
                .getMethod("forGeneric", toSchema.getReturnType(), String.class)
                .invoke(null, toSchema.invoke(null, row), registry);
        Class<?> converters = load("AvroToRowDataConverters");
        Object converter =
                converters.getMethod("createRowConverter", RowType.class).invoke(null, row);
        return (DeserializationSchema<RowData>) load("AvroRowDataDeserializationSchema")
                .getConstructor(
                        DeserializationSchema.class,
                        load("AvroToRowDataConverters$AvroToRowDataConverter"),
                        TypeInformation.class)
                .newInstance(records, converter, InternalTypeInfo.of(row));
    }

    private Class<?> load(String name) throws ClassNotFoundException {
        return loader.loadClass(PACKAGE + name);
    }

    private static RowType rowType(LoadTable table) {
        DataTypes.Field[] fields = table.shape().columns().stream()
                .map(column -> DataTypes.FIELD(column.name(), type(column.kind())))
                .toArray(DataTypes.Field[]::new);
        return (RowType) DataTypes.ROW(fields).notNull().getLogicalType();
    }

    private static DataType type(ColumnKind kind) {
        return switch (kind) {
            case INT -> DataTypes.INT().notNull();
            case LONG -> DataTypes.BIGINT().notNull();
            case TIMESTAMP -> DataTypes.BIGINT();
            case TEXT -> DataTypes.STRING();
            case BOOLEAN -> DataTypes.BOOLEAN();
            case DECIMAL -> DataTypes.DECIMAL(8, 2);
        };
    }

    /** @param rows gets the rows of the message: of an update the one before and the one after */
    void read(byte[] message, Consumer<RowData> rows) throws IOException {
        format.deserialize(message, new Collector<>() {
            @Override
            public void collect(RowData row) {
                rows.accept(row);
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
