-- What Debezium needs in SQL Server, for the sample's table of users. SQL Server's Agent must run. Not run by the tests.
CREATE DATABASE tickit;
GO
ALTER DATABASE tickit SET ALLOW_SNAPSHOT_ISOLATION ON;
GO
USE tickit;
GO
CREATE SCHEMA crm;
GO
CREATE TABLE crm.[user] (
  userid    int PRIMARY KEY,
  username  char(8),
  firstname nvarchar(30),
  lastname  nvarchar(30),
  credit    decimal(9,2),
  joined    datetime2(6)
);
GO
EXEC sys.sp_cdc_enable_db;
GO
CREATE LOGIN debezium WITH PASSWORD = 'Debezium-0';
CREATE USER debezium FOR LOGIN debezium;
GRANT SELECT ON SCHEMA::crm TO debezium;
GRANT SELECT ON SCHEMA::cdc TO debezium;
EXEC sys.sp_cdc_enable_table @source_schema = 'crm', @source_name = 'user', @role_name = NULL, @supports_net_changes = 0;
GO
