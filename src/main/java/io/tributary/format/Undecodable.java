package io.tributary.format;

import io.tributary.deadletter.Reason;
import io.tributary.source.RawRecord;

/** Words the dead letters of this package: what, where, why, what to do next. */
final class Undecodable {
    private Undecodable() {}

    static UndecodableException unknownFormat(RawRecord record, Role role, byte[] bytes, String why) {
        return of(
                record,
                role,
                bytes,
                Reason.UNKNOWN_FORMAT,
                why,
                "Check the connector's " + role.label() + ".converter, or set SchemaRegistry.wire.format.");
    }

    static UndecodableException of(
            RawRecord record, Role role, byte[] bytes, Reason reason, String why, String advice) {
        return new UndecodableException(
                reason,
                (role == Role.KEY ? "Key" : "Value") + " of " + record.coordinates() + " cannot be decoded: " + why
                        + " (" + Appearance.hex(bytes) + "). " + advice);
    }
}
