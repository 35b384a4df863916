package io.tributary.aggregate;

import io.tributary.debezium.RecordedDecoder;
import io.tributary.format.CloseableWireDecoder;
import io.tributary.format.Encoded;
import io.tributary.format.UndecodableException;
import io.tributary.format.WireDecoderFactory;
import io.tributary.local.recording.Recording;
import io.tributary.source.RawRecord;

/** Decoders of a recording that have its schemas at hand. */
final class RecordedDecoders implements WireDecoderFactory {
    private static final long serialVersionUID = 1L;

    private final String recording;

    RecordedDecoders(String recording) {
        this.recording = recording;
    }

    @Override
    public CloseableWireDecoder open() {
        RecordedDecoder decoder = new RecordedDecoder(Recording.bundled(recording));
        return new CloseableWireDecoder() {
            @Override
            public Encoded key(RawRecord record) throws UndecodableException {
                return decoder.key(record);
            }

            @Override
            public Encoded value(RawRecord record) throws UndecodableException {
                return decoder.value(record);
            }

            @Override
            public void close() {}
        };
    }
}
