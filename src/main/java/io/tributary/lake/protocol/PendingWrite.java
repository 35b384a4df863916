package io.tributary.lake.protocol;

import io.tributary.debezium.TableId;
import io.tributary.lake.schema.AvroSchemas;
import io.tributary.lake.schema.TableSchema;
import io.tributary.types.Binary;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.hudi.org.apache.avro.Schema;

/**
 * What one writer has written of one table into one instant, and is not known to be committed. It is part of the writer's
 * state, so that a restored job can finish the commit. Immutable.
 */
public final class PendingWrite implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    private final long checkpoint;
    private final TableId table;
    private final String instant;
    private final TableSchema schema;
    private final WriteCounts counts;
    private final ArrayList<WrittenFile> files;

    /**
     * @param checkpoint before whose barrier it was written
     * @param schema of the files
     */
    public PendingWrite(
            long checkpoint,
            TableId table,
            String instant,
            TableSchema schema,
            WriteCounts counts,
            List<WrittenFile> files) {
        this.checkpoint = checkpoint;
        this.table = table;
        this.instant = instant;
        this.schema = schema;
        this.counts = counts;
        this.files = new ArrayList<>(files);
    }

    public long checkpoint() {
        return checkpoint;
    }

    public TableId table() {
        return table;
    }

    public String instant() {
        return instant;
    }

    public TableSchema schema() {
        return schema;
    }

    public WriteCounts counts() {
        return counts;
    }

    public List<WrittenFile> files() {
        return Collections.unmodifiableList(files);
    }

    /** @return the form in which it is kept in state; begins with a version */
    public byte[] toBytes() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(512);
        out.writeByte(VERSION);
        out.writeLong(checkpoint);
        out.writeUTF(table.server());
        Binary.writeText(table.database(), out);
        Binary.writeText(table.schema(), out);
        out.writeUTF(table.table());
        out.writeUTF(instant);
        Binary.writeText(AvroSchemas.table(schema).toString(), out);
        out.writeInt(schema.keyColumns().size());
        for (String column : schema.keyColumns()) {
            out.writeUTF(column);
        }
        counts.write(out);
        out.writeInt(files.size());
        for (WrittenFile file : files) {
            file.write(out);
        }
        return out.getCopyOfBuffer();
    }

    /** @throws IOException where the bytes were written by a version that this one does not know */
    public static PendingWrite fromBytes(byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("the state holds pending writes of version " + version + ", this job knows version "
                    + VERSION + ": restore it with the version that wrote it");
        }
        long checkpoint = in.readLong();
        TableId table = new TableId(in.readUTF(), Binary.readText(in), Binary.readText(in), in.readUTF());
        String instant = in.readUTF();
        Schema avro = new Schema.Parser().parse(Binary.readText(in));
        List<String> keyColumns = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            keyColumns.add(in.readUTF());
        }
        WriteCounts counts = WriteCounts.read(in);
        List<WrittenFile> files = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            files.add(WrittenFile.read(in));
        }
        return new PendingWrite(checkpoint, table, instant, AvroSchemas.columns(avro, keyColumns), counts, files);
    }

    @Override
    public String toString() {
        return table + " instant " + instant + " checkpoint " + checkpoint + ", " + files.size() + " files";
    }
}
