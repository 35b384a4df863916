package io.tributary.lake.protocol;

import io.tributary.types.Binary;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One base file that a writer has made: what Hudi's commit metadata says of it. Immutable. */
public final class WrittenFile implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String partition;
    private final String fileId;
    private final String path;
    private final String previousInstant;
    private final long rows;
    private final long inserts;
    private final long updates;
    private final long deletes;
    private final long bytes;

    /**
     * @param partition path of the partition, below the table's directory
     * @param path of the file, below the table's directory
     * @param previousInstant of the file that this one replaces; null for the first of its file group
     * @param rows in the file, those that were only copied included
     */
    public WrittenFile(
            String partition,
            String fileId,
            String path,
            String previousInstant,
            long rows,
            long inserts,
            long updates,
            long deletes,
            long bytes) {
        this.partition = partition;
        this.fileId = fileId;
        this.path = path;
        this.previousInstant = previousInstant;
        this.rows = rows;
        this.inserts = inserts;
        this.updates = updates;
        this.deletes = deletes;
        this.bytes = bytes;
    }

    public String partition() {
        return partition;
    }

    public String fileId() {
        return fileId;
    }

    public String path() {
        return path;
    }

    /** @return the instant of the file that this one replaces; null for the first of its file group */
    public String previousInstant() {
        return previousInstant;
    }

    public long rows() {
        return rows;
    }

    public long inserts() {
        return inserts;
    }

    public long updates() {
        return updates;
    }

    public long deletes() {
        return deletes;
    }

    public long bytes() {
        return bytes;
    }

    /**
     * @param earlier a file of the same group and instant, which this one replaces
     * @return this file, with what changed in both
     */
    public WrittenFile following(WrittenFile earlier) {
        return new WrittenFile(
                partition,
                fileId,
                path,
                earlier.previousInstant,
                rows,
                earlier.inserts + inserts,
                earlier.updates + updates,
                earlier.deletes + deletes,
                bytes);
    }

    void write(DataOutputView out) throws IOException {
        out.writeUTF(partition);
        out.writeUTF(fileId);
        out.writeUTF(path);
        Binary.writeText(previousInstant, out);
        out.writeLong(rows);
        out.writeLong(inserts);
        out.writeLong(updates);
        out.writeLong(deletes);
        out.writeLong(bytes);
    }

    static WrittenFile read(DataInputView in) throws IOException {
        return new WrittenFile(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                Binary.readText(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }
}
