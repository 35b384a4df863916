package io.tributary.chaos;

import java.util.Locale;
import org.apache.avro.generic.GenericRecord;

/** The kinds of source, by what they write into the source block and how their logs are ordered. */
enum Dialect {
    POSTGRESQL("""
            {"name":"schema","type":"string"},{"name":"table","type":"string"},
            {"name":"txId","type":["null","long"],"default":null},{"name":"lsn","type":["null","long"],"default":null},
            {"name":"xmin","type":["null","long"],"default":null}""", """
            {"name":"__schema","type":["null","string"],"default":null},
            {"name":"__lsn","type":["null","long"],"default":null},
            {"name":"__sequence","type":["null","string"],"default":null},"""),
    MYSQL("""
            {"name":"table","type":["null","string"],"default":null},{"name":"server_id","type":"long"},
            {"name":"gtid","type":["null","string"],"default":null},{"name":"file","type":"string"},
            {"name":"pos","type":"long"},{"name":"row","type":"int"},
            {"name":"thread","type":["null","long"],"default":null},{"name":"query","type":["null","string"],"default":null}""", """
            {"name":"__server_id","type":["null","long"],"default":null},
            {"name":"__file","type":["null","string"],"default":null},{"name":"__pos","type":["null","long"],"default":null},
            {"name":"__row","type":["null","int"],"default":null},"""),
    SQLSERVER("""
            {"name":"schema","type":"string"},{"name":"table","type":"string"},
            {"name":"change_lsn","type":["null","string"],"default":null},
            {"name":"commit_lsn","type":["null","string"],"default":null},
            {"name":"event_serial_no","type":["null","long"],"default":null}""", """
            {"name":"__schema","type":["null","string"],"default":null},
            {"name":"__change_lsn","type":["null","string"],"default":null},
            {"name":"__commit_lsn","type":["null","string"],"default":null},
            {"name":"__event_serial_no","type":["null","long"],"default":null},""");

    private final String sourceFields;
    private final String flattenedFields;

    Dialect(String sourceFields, String flattenedFields) {
        this.sourceFields = sourceFields;
        this.flattenedFields = flattenedFields;
    }

    /** @return Debezium's name of the connector */
    String connector() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean hasSchemas() {
        return this != MYSQL;
    }

    /** @return the Avro schema of the source block */
    String sourceSchema() {
        return """
            {"type":"record","name":"Source","namespace":"io.debezium.connector.%s","fields":[
            {"name":"version","type":"string"},{"name":"connector","type":"string"},{"name":"name","type":"string"},
            {"name":"ts_ms","type":"long"},
            {"name":"snapshot","type":[{"type":"string","connect.version":1,
              "connect.parameters":{"allowed":"true,last,false,incremental"},"connect.default":"false",
              "connect.name":"io.debezium.data.Enum"},"null"],"default":"false"},
            {"name":"db","type":"string"},{"name":"sequence","type":["null","string"],"default":null},
            {"name":"ts_us","type":["null","long"],"default":null},{"name":"ts_ns","type":["null","long"],"default":null},
            %s],"connect.name":"io.debezium.connector.%s.Source"}""".formatted(connector(), sourceFields, connector());
    }

    /** @return the fields of a flattened row that tell the place in the log, each followed by a comma */
    String flattenedFields() {
        return flattenedFields;
    }

    /**
     * Fills in what this kind of source tells about the place in its log.
     *
     * @param prefix of the fields' names
     */
    void place(GenericRecord target, String prefix, LogPlace place) {
        switch (this) {
            case POSTGRESQL -> {
                target.put(prefix + "lsn", place.lsn());
                target.put(
                        prefix + "sequence",
                        place.snapshot()
                                ? "[null,\"" + place.lsn() + "\"]"
                                : "[\"" + place.commit() + "\",\"" + place.lsn() + "\"]");
            }
            case MYSQL -> {
                target.put(prefix + "server_id", place.snapshot() ? 0L : 223_344L);
                target.put(prefix + "file", String.format("binlog.%06d", place.file()));
                target.put(prefix + "pos", place.pos());
                target.put(prefix + "row", place.row());
            }
            case SQLSERVER -> {
                target.put(prefix + "change_lsn", place.snapshot() ? null : lsn(place.lsn()));
                target.put(prefix + "commit_lsn", lsn(place.commit()));
                target.put(prefix + "event_serial_no", place.snapshot() ? null : (long) place.row());
            }
        }
    }

    private static String lsn(long number) {
        return String.format("%08x:%08x:%04x", number >> 24, number >> 8 & 0xffff, number & 0xff);
    }
}
