package io.tributary.debezium;

import io.tributary.row.RowSchema;
import io.tributary.source.RawRecord;
import io.tributary.types.Binary;
import io.tributary.types.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes and reads whole change events, schema and message included. It is for shuffles that must not lose anything;
 * operators that move many rows send less.
 */
public final class ChangeEventSerializer extends ImmutableSerializer<ChangeEvent> {
    private static final long serialVersionUID = 1L;
    private static final RawRecord.Serializer RECORD = new RawRecord.Serializer();
    private static final byte IN_VALUE = 0;
    private static final byte IN_KEY = 1;
    private static final byte APART = 2;
    private static final byte NONE = 3;

    @Override
    public void serialize(ChangeEvent event, DataOutputView out) throws IOException {
        TableId table = event.table();
        Binary.writeText(table.server(), out);
        Binary.writeText(table.database(), out);
        Binary.writeText(table.schema(), out);
        Binary.writeText(table.table(), out);
        out.writeByte(event.op().ordinal());
        Binary.writeText(event.key(), out);
        Binary.writeText(event.position(), out);
        out.writeLong(event.sourceTsMs());
        out.writeBoolean(event.complete());
        RECORD.serialize(event.record(), out);
        writeRow(event, out);
    }

    private static void writeRow(ChangeEvent event, DataOutputView out) throws IOException {
        byte[] bytes = event.bytes();
        if (bytes == null) {
            out.writeByte(NONE);
            return;
        }
        boolean inValue = bytes == event.record().value();
        if (inValue || bytes == event.record().key()) {
            out.writeByte(inValue ? IN_VALUE : IN_KEY);
            out.writeInt(event.offset());
            out.writeInt(event.length());
        } else {
            out.writeByte(APART);
            Binary.writeBytes(bytes, event.offset(), event.length(), out);
        }
        RowSchemaCodec.write(event.schema(), out);
    }

    @Override
    public ChangeEvent deserialize(DataInputView in) throws IOException {
        TableId table = new TableId(Binary.readText(in), Binary.readText(in), Binary.readText(in), Binary.readText(in));
        Op op = Op.values()[in.readByte()];
        String key = Binary.readText(in);
        String position = Binary.readText(in);
        long sourceTsMs = in.readLong();
        boolean complete = in.readBoolean();
        RawRecord record = RECORD.deserialize(in);
        byte place = in.readByte();
        if (place == NONE) {
            return new ChangeEvent(table, op, key, position, sourceTsMs, complete, null, null, 0, 0, record);
        }
        byte[] bytes = place == APART ? Binary.readBytes(in) : place == IN_VALUE ? record.value() : record.key();
        int offset = place == APART ? 0 : in.readInt();
        int length = place == APART ? bytes.length : in.readInt();
        RowSchema schema = RowSchemaCodec.read(in);
        return new ChangeEvent(table, op, key, position, sourceTsMs, complete, schema, bytes, offset, length, record);
    }

    @Override
    public TypeSerializerSnapshot<ChangeEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ChangeEvent> {
        public Snapshot() {
            super(ChangeEventSerializer::new);
        }
    }
}
