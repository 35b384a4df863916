package io.tributary.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableNamesTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // name, db, schema, table, topic: server, database, schema, full name
                "shop,db,public,t,any,shop,db,public,shop.public.t",
                "shop,db,-,t,any,shop,db,-,shop.db.t",
                "shop,db,-,t,shop.db.t,shop,db,-,shop.db.t",
                "shop,db,-,t,shop.public.t,shop,db,public,shop.public.t",
                "shop,-,-,t,shop.public.t,shop,-,public,shop.public.t",
                "-,-,-,-,shop.public.t,shop,-,public,shop.public.t",
                "-,-,-,-,eu.shop.public.t,eu.shop,-,public,eu.shop.public.t",
                "-,db,-,t,shop.db.t,shop,db,-,shop.db.t",
                "shop,db,public,t,other.topic.name,shop,db,public,shop.public.t",
                "shop,db,-,t,other.topic.name,shop,db,-,shop.db.t",
                "shop,db,-,'',shop.db.u,shop,db,-,shop.db.u"
            })
    void theEventsOwnWordWinsAndTheTopicFillsIn(
            String name,
            String db,
            String schema,
            String table,
            String topic,
            String server,
            String database,
            String foundSchema,
            String fullName) {
        TableId found = new TableNames().find(header(name, db, schema, table), topic);
        assertThat(found.server()).isEqualTo(server);
        assertThat(found.database()).isEqualTo(database);
        assertThat(found.schema()).isEqualTo(foundSchema);
        assertThat(found.fullName()).isEqualTo(fullName);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,-,-,-,sales",
                "-,-,-,-,a.b",
                "-,-,-,-,a..b",
                "-,-,-,t,sales",
                "shop,-,-,t,sales",
                "-,db,-,t,x.y.z"
            })
    void whatCannotBeToldIsNull(String name, String db, String schema, String table, String topic) {
        assertThat(new TableNames().find(header(name, db, schema, table), topic))
                .isNull();
    }

    private static EventHeader header(String name, String db, String schema, String table) {
        EventHeader header = new EventHeader();
        header.set(MetaField.NAME, name);
        header.set(MetaField.DB, db);
        header.set(MetaField.SCHEMA, schema);
        header.set(MetaField.TABLE, table);
        return header;
    }
}
