package io.tributary.lake.write;

import io.tributary.debezium.Op;
import io.tributary.debezium.TableId;
import io.tributary.row.RowSchema;
import io.tributary.row.RowSchemas;
import io.tributary.types.Binary;
import io.tributary.types.ImmutableSerializer;
import io.tributary.types.ImmutableTypeInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a router sends a writer: rows, and ahead of the first row of a schema to a bucket the schema itself, so that rows
 * need to carry only its number. The order of a channel keeps the one before the other.
 */
public abstract class LakeMessage {
    public static final TypeInformation<LakeMessage> TYPE =
            new ImmutableTypeInfo<>(LakeMessage.class, new Serializer());

    private final int route;

    LakeMessage(int route) {
        this.route = route;
    }

    /** @return a number that is the same for all messages of one bucket of one table, not negative */
    public final int route() {
        return route;
    }

    /** A schema that rows of this router will be in. */
    public static final class SchemaMessage extends LakeMessage {
        private final int router;
        private final int number;
        private final TableId table;
        private final RowSchema schema;

        public SchemaMessage(int route, int router, int number, TableId table, RowSchema schema) {
            super(route);
            this.router = router;
            this.number = number;
            this.table = table;
            this.schema = schema;
        }

        public int router() {
            return router;
        }

        public int number() {
            return number;
        }

        public TableId table() {
            return table;
        }

        public RowSchema schema() {
            return schema;
        }
    }

    /** Every row of a bucket that is older than the position is gone. */
    public static final class TruncateMessage extends LakeMessage {
        private final TableId table;
        private final int bucket;
        private final String position;
        private final long sourceTsMs;

        public TruncateMessage(int route, TableId table, int bucket, String position, long sourceTsMs) {
            super(route);
            this.table = table;
            this.bucket = bucket;
            this.position = position;
            this.sourceTsMs = sourceTsMs;
        }

        public TableId table() {
            return table;
        }

        public int bucket() {
            return bucket;
        }

        public String position() {
            return position;
        }

        public long sourceTsMs() {
            return sourceTsMs;
        }
    }

    /** Writes and reads messages for the shuffle; they are in no state. */
    public static final class Serializer extends ImmutableSerializer<LakeMessage> {
        private static final long serialVersionUID = 1L;
        private static final byte ROW = 0;
        private static final byte SCHEMA = 1;
        private static final byte TRUNCATE = 2;
        private static final Op[] OPS = Op.values();

        @Override
        public void serialize(LakeMessage message, DataOutputView out) throws IOException {
            if (message instanceof LakeRow) {
                LakeRow row = (LakeRow) message;
                out.writeByte(ROW);
                out.writeInt(message.route);
                row.write(out);
            } else if (message instanceof SchemaMessage) {
                SchemaMessage schema = (SchemaMessage) message;
                out.writeByte(SCHEMA);
                out.writeInt(message.route);
                out.writeInt(schema.router);
                out.writeInt(schema.number);
                writeTable(schema.table, out);
                writeSchema(schema.schema, out);
            } else {
                TruncateMessage truncate = (TruncateMessage) message;
                out.writeByte(TRUNCATE);
                out.writeInt(message.route);
                writeTable(truncate.table, out);
                out.writeInt(truncate.bucket);
                out.writeUTF(truncate.position);
                out.writeLong(truncate.sourceTsMs);
            }
        }

        @Override
        public LakeMessage deserialize(DataInputView in) throws IOException {
            byte kind = in.readByte();
            int route = in.readInt();
            switch (kind) {
                case ROW:
                    return LakeRow.read(route, in, OPS);
                case SCHEMA:
                    return new SchemaMessage(route, in.readInt(), in.readInt(), readTable(in), readSchema(in));
                case TRUNCATE:
                    return new TruncateMessage(route, readTable(in), in.readInt(), in.readUTF(), in.readLong());
                default:
                    throw new IOException("no such message: " + kind);
            }
        }

        static void writeTable(TableId table, DataOutputView out) throws IOException {
            out.writeUTF(table.server());
            Binary.writeText(table.database(), out);
            Binary.writeText(table.schema(), out);
            out.writeUTF(table.table());
        }

        static TableId readTable(DataInputView in) throws IOException {
            return new TableId(in.readUTF(), Binary.readText(in), Binary.readText(in), in.readUTF());
        }

        static void writeSchema(RowSchema schema, DataOutputView out) throws IOException {
            Binary.writeText(schema.avro().toString(), out);
            out.writeInt(schema.keyColumns().size());
            for (String column : schema.keyColumns()) {
                out.writeUTF(column);
            }
        }

        static RowSchema readSchema(DataInputView in) throws IOException {
            String avro = Binary.readText(in);
            List<String> keyColumns = new ArrayList<>();
            for (int n = in.readInt(); n > 0; n--) {
                keyColumns.add(in.readUTF());
            }
            return RowSchemas.parse(avro, keyColumns);
        }

        @Override
        public TypeSerializerSnapshot<LakeMessage> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** The serializer's entry in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LakeMessage> {
        public Snapshot() {
            super(Serializer::new);
        }
    }
}
