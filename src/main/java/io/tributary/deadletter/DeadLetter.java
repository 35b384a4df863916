package io.tributary.deadletter;

import io.tributary.source.RawRecord;
import io.tributary.types.Binary;
import io.tributary.types.ImmutableSerializer;
import io.tributary.types.ImmutableTypeInfo;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A record that could not be applied, exactly as it came, with the reason. Immutable. */
public final class DeadLetter {
    public static final TypeInformation<DeadLetter> TYPE = new ImmutableTypeInfo<>(DeadLetter.class, new Serializer());

    /** Characters; names in it may be foreign, and are as long as somebody has made them. */
    private static final int LONGEST_MESSAGE = 1_500;

    private final RawRecord record;
    private final Stage stage;
    private final Reason reason;
    private final String message;

    /**
     * @param message for people: what, and what to do next; without payload and stack trace. It is made one line, and cut
     *     where it is too long
     */
    public DeadLetter(RawRecord record, Stage stage, Reason reason, String message) {
        this.record = Objects.requireNonNull(record, "record");
        this.stage = Objects.requireNonNull(stage, "stage");
        this.reason = Objects.requireNonNull(reason, "reason");
        this.message = oneLine(message);
    }

    private static String oneLine(String text) {
        String cut = text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "...";
        return cut.chars().anyMatch(Character::isISOControl) ? cut.replaceAll("\\p{Cc}", " ") : cut;
    }

    public RawRecord record() {
        return record;
    }

    public Stage stage() {
        return stage;
    }

    public Reason reason() {
        return reason;
    }

    public String message() {
        return message;
    }

    @Override
    public String toString() {
        return record.coordinates() + " " + stage.label() + "/" + reason.label() + ": " + message;
    }

    /** Writes and reads a dead letter for shuffles and for sink state. */
    public static final class Serializer extends ImmutableSerializer<DeadLetter> {
        private static final long serialVersionUID = 1L;
        private static final RawRecord.Serializer RECORD = new RawRecord.Serializer();

        @Override
        public void serialize(DeadLetter letter, DataOutputView out) throws IOException {
            RECORD.serialize(letter.record, out);
            out.writeUTF(letter.stage.name());
            out.writeUTF(letter.reason.name());
            Binary.writeText(letter.message, out);
        }

        @Override
        public DeadLetter deserialize(DataInputView in) throws IOException {
            return new DeadLetter(
                    RECORD.deserialize(in),
                    Stage.valueOf(in.readUTF()),
                    Reason.valueOf(in.readUTF()),
                    Binary.readText(in));
        }

        @Override
        public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** The serializer's entry in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
        public Snapshot() {
            super(Serializer::new);
        }
    }
}
