package io.tributary.debezium;

import io.tributary.deadletter.DeadLetter;
import io.tributary.deadletter.Reason;
import io.tributary.deadletter.Stage;
import io.tributary.format.Encoded;
import io.tributary.format.RegistryUnavailableException;
import io.tributary.format.UndecodableException;
import io.tributary.format.WireDecoder;
import io.tributary.row.AvroInput;
import io.tributary.row.MalformedRowException;
import io.tributary.row.RowSchema;
import io.tributary.row.UnsupportedSchemaException;
import io.tributary.source.RawRecord;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * From a message to a change of a row: a ladder of decisions that ends in exactly one change, skip or dead letter. A
 * value is walked over once; its row stays where it is. Not thread-safe: one per subtask.
 */
public final class EventReader {
    private final WireDecoder decoder;
    private final IdentityCache<Schema, SchemaShape> shapes = new IdentityCache<>(SchemaShape::of);
    private final EventKeys keys;
    private final TableNames tables = new TableNames();
    private final EventHeader header = new EventHeader();
    private final AvroInput in = new AvroInput();
    private final StreamedTimes times;

    /**
     * @param keyOverrides from a table's full name to the key columns that the configuration gives it, or null; best the
     *     same list each time
     */
    public EventReader(WireDecoder decoder, Function<String, List<String>> keyOverrides) {
        this(decoder, keyOverrides, new StreamedTimes());
    }

    /** @param times what is known of the partitions from before */
    public EventReader(WireDecoder decoder, Function<String, List<String>> keyOverrides, StreamedTimes times) {
        this.times = Objects.requireNonNull(times, "times");
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.keys = new EventKeys(decoder, keyOverrides);
    }

    /**
     * Tells the sink what the record is, in exactly one call.
     *
     * @throws RegistryUnavailableException where that cannot be known now: the record must be tried again later
     */
    public void read(RawRecord record, EventSink sink) {
        verdict(record).tell(record, sink);
    }

    private Verdict verdict(RawRecord record) {
        try {
            return decide(record);
        } catch (UndecodableException e) {
            return reject(record, Stage.FORMAT, e.reason(), e.getMessage());
        } catch (RejectedException e) {
            return reject(record, e.stage(), e.reason(), e.getMessage());
        } catch (UnsupportedSchemaException e) {
            return reject(record, Stage.DECODE, Reason.UNSUPPORTED_SCHEMA, e.getMessage());
        } catch (MalformedRowException e) {
            return reject(
                    record,
                    Stage.DECODE,
                    Reason.MALFORMED,
                    e.getMessage() + ": the bytes are truncated, or not of the schema that they name");
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            return reject(
                    record,
                    Stage.DECODE,
                    Reason.MALFORMED,
                    "the bytes led to a " + e.getClass().getName());
        }
    }

    private Verdict decide(RawRecord record)
            throws UndecodableException, MalformedRowException, UnsupportedSchemaException, RejectedException {
        if (record.value() == null) {
            return Verdict.skip(SkipReason.TOMBSTONE);
        }
        if (SchemaHistory.is(record.value())) {
            return Verdict.skip(SkipReason.SCHEMA_HISTORY);
        }
        Encoded value = decoder.value(record);
        SchemaShape shape = shapes.get(value.schema());
        if (shape.skipReason() != null) {
            return Verdict.skip(shape.skipReason());
        }
        if (shape.refusal() != null) {
            throw new UnsupportedSchemaException(shape.refusal());
        }
        header.clear();
        shape.form().read(in.reset(value.bytes(), value.offset(), value.length()), header);
        String code = header.text(MetaField.OP);
        if ("m".equals(code)) {
            return Verdict.skip(SkipReason.LOGICAL_MESSAGE);
        }
        return Verdict.change(change(record, value.bytes(), shape.form(), operation(code, shape.form())));
    }

    private Op operation(String code, EventForm form) throws RejectedException {
        if ("true".equals(header.text(MetaField.DELETED))) {
            return Op.DELETE;
        }
        Op op = code == null ? form.unnamedOperation() : Op.of(code);
        if (op == null) {
            boolean printable = code != null && code.length() == 1 && code.charAt(0) > ' ' && code.charAt(0) < 127;
            throw new RejectedException(
                    Stage.DEBEZIUM,
                    Reason.UNKNOWN_OPERATION,
                    "the operation" + (printable ? " '" + code + "'" : "")
                            + " is none of r, c, u, d, t and m; a newer Debezium may need a newer Tributary");
        }
        return op;
    }

    private ChangeEvent change(RawRecord record, byte[] bytes, EventForm form, Op op)
            throws UndecodableException, MalformedRowException, UnsupportedSchemaException, RejectedException {
        TableId table = tables.find(header, record.topic());
        if (table == null) {
            throw new RejectedException(
                    Stage.DEBEZIUM,
                    Reason.NO_TABLE,
                    "neither the message nor its topic (which is not server.schema.table) names the table; for flattened"
                            + " rows set the transform's add.fields=name,op,db,schema,table,source.ts_ms");
        }
        long sourceTsMs = Math.max(0, header.number(MetaField.TS_MS));
        long time = times.timeOf(op, sourceTsMs, LogOrder.of(op, header), table, record);
        String position = SourcePosition.of(time, header, record);
        if (op == Op.TRUNCATE) {
            return new ChangeEvent(table, op, null, position, sourceTsMs, false, null, null, 0, 0, record);
        }
        RowImage row = op == Op.DELETE ? form.before() : form.after();
        if (row == null && op != Op.DELETE) {
            throw new RejectedException(
                    Stage.DEBEZIUM, Reason.MALFORMED, "an event of operation " + op.code() + " without an after-image");
        }
        keys.read(record, table, row, bytes);
        if (row == null) {
            Encoded key = keys.encoded();
            return new ChangeEvent(
                    table,
                    op,
                    keys.text(),
                    position,
                    sourceTsMs,
                    false,
                    keys.schema(),
                    key.bytes(),
                    key.offset(),
                    key.length(),
                    record);
        }
        RowSchema schema = row.schema(keys.columns());
        boolean complete = op != Op.DELETE && row.isComplete();
        return new ChangeEvent(
                table,
                op,
                keys.text(),
                position,
                sourceTsMs,
                complete,
                schema,
                bytes,
                row.offset(),
                row.length(),
                record);
    }

    private static Verdict reject(RawRecord record, Stage stage, Reason reason, String message) {
        return Verdict.reject(new DeadLetter(record, stage, reason, message));
    }
}
