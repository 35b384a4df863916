-- The sample's tables that live in MySQL or MariaDB, and what Debezium needs there. The binary log must be on, with
-- binlog_format=ROW and binlog_row_image=FULL.
CREATE DATABASE IF NOT EXISTS ecomm CHARACTER SET utf8mb4;

CREATE TABLE ecomm.date (
  dateid  SMALLINT PRIMARY KEY,
  caldate DATE,
  day     CHAR(3),
  week    SMALLINT,
  month   CHAR(5),
  qtr     CHAR(5),
  year    SMALLINT,
  holiday TINYINT(1)
);
CREATE TABLE ecomm.listing (
  listid         INT PRIMARY KEY,
  sellerid       INT NOT NULL,
  eventid        INT NOT NULL,
  dateid         SMALLINT NOT NULL,
  numtickets     SMALLINT,
  priceperticket DECIMAL(8,2),
  totalprice     DECIMAL(8,2),
  listtime       DATETIME(6),
  note           VARCHAR(100)
);
CREATE TABLE ecomm.sale (
  salesid    INT PRIMARY KEY,
  listid     INT NOT NULL,
  sellerid   INT NOT NULL,
  buyerid    INT NOT NULL,
  eventid    INT NOT NULL,
  dateid     SMALLINT NOT NULL,
  qtysold    SMALLINT,
  pricepaid  DECIMAL(8,2),
  commission DECIMAL(8,2),
  saletime   DATETIME
);

CREATE USER 'debezium'@'%' IDENTIFIED BY 'debezium';
GRANT SELECT, RELOAD, LOCK TABLES, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'debezium'@'%';
