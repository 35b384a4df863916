-- The sample's tables that live in PostgreSQL, and what Debezium needs there. wal_level must be logical.
CREATE SCHEMA ems;
CREATE SCHEMA crm;

CREATE TABLE ems.category (
  catid    smallint PRIMARY KEY,
  catgroup varchar(10),
  catname  varchar(10),
  catdesc  varchar(50)
);
CREATE TABLE ems.venue (
  venueid    smallint PRIMARY KEY,
  venuename  varchar(100),
  venuecity  varchar(30),
  venuestate char(2),
  venueseats integer
);
CREATE TABLE ems.event (
  eventid     integer PRIMARY KEY,
  venueid     smallint NOT NULL,
  catid       smallint NOT NULL,
  dateid      smallint NOT NULL,
  eventname   varchar(200),
  starttime   timestamp,
  description text
);
CREATE TABLE crm."user" (
  userid        integer PRIMARY KEY,
  username      char(8),
  firstname     varchar(30),
  lastname      varchar(30),
  city          varchar(30),
  state         char(2),
  email         varchar(100),
  phone         char(14),
  likesports    boolean,
  liketheatre   boolean,
  likeconcerts  boolean,
  likejazz      boolean,
  likeclassical boolean,
  likeopera     boolean,
  likerock      boolean,
  likevegas     boolean,
  likebroadway  boolean,
  likemusicals  boolean,
  credit        numeric(9,2),
  joined        timestamptz,
  preferences   jsonb
);

-- With the default replica identity (the key) a delete tells no more than the key, and an update leaves unchanged large
-- values out. The lake needs no more, but for a table with large values whose rows change their keys: that needs FULL.
ALTER TABLE ems.venue REPLICA IDENTITY FULL;
ALTER TABLE crm."user" REPLICA IDENTITY FULL;
-- Kept outside the row and uncompressed, as values of more than about 2 kB mostly are (TOAST).
ALTER TABLE ems.event ALTER COLUMN description SET STORAGE EXTERNAL;
ALTER TABLE crm."user" ALTER COLUMN preferences SET STORAGE EXTERNAL;

CREATE ROLE debezium WITH LOGIN REPLICATION PASSWORD 'debezium';
GRANT USAGE ON SCHEMA ems, crm TO debezium;
GRANT SELECT ON ALL TABLES IN SCHEMA ems, crm TO debezium;
CREATE PUBLICATION tributary FOR TABLE ems.category, ems.venue, ems.event, crm."user";
