package io.tributary.catalog;

import io.tributary.catalog.MetastoreConnection.NotThereException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.hive.metastore.api.AddPartitionsRequest;
import org.apache.hadoop.hive.metastore.api.AlreadyExistsException;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.EnvironmentContext;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Hive metastore, over its Thrift interface (hive_metastore.thrift, as of Hive 2.3 to 3.1). */
final class HiveCatalog implements Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(HiveCatalog.class);
    private static final int PARTITIONS_A_REQUEST = 500;

    private final String database;
    private final MetastoreConnection metastore;

    HiveCatalog(String database, MetastoreConnection metastore) {
        this.database = database;
        this.metastore = metastore;
    }

    @Override
    public String location(String path) {
        return path;
    }

    @Override
    public Change register(CatalogTable table) throws IOException {
        Table stored;
        try {
            stored = metastore.ask("read " + named(table), client -> client.get_table(database, table.name()));
        } catch (NotThereException e) {
            create(table);
            return Change.CREATED;
        }
        if (!Locations.same(stored.getSd().getLocation(), table.location())) {
            throw new IOException(
                    Locations.taken(database, table, stored.getSd().getLocation()));
        }
        Table wanted = patched(stored, table);
        if (wanted.equals(stored)) {
            return Change.NONE;
        }
        boolean columns = !wanted.getSd().getCols().equals(stored.getSd().getCols());
        Map<String, String> how = new HashMap<>();
        how.put("DO_NOT_UPDATE_STATS", "true");
        if (columns) {
            how.put("CASCADE", "true"); // to the partitions, which have columns of their own
        }
        metastore.ask("change " + named(table), client -> {
            client.alter_table_with_environment_context(database, table.name(), wanted, new EnvironmentContext(how));
            return null;
        });
        return columns ? Change.COLUMNS : Change.PROPERTIES;
    }

    private String named(CatalogTable table) {
        return "table " + database + "." + table.name();
    }

    private void create(CatalogTable table) throws IOException {
        createDatabase();
        Table created = new Table();
        created.setDbName(database);
        created.setTableName(table.name());
        created.setOwner(System.getProperty("user.name"));
        created.setCreateTime((int) (System.currentTimeMillis() / 1000));
        created.setTableType(CatalogTable.TABLE_TYPE);
        created.setPartitionKeys(fields(table.partitionKeys()));
        created.setParameters(new HashMap<>(table.parameters()));
        StorageDescriptor storage = new StorageDescriptor();
        storage.setCols(fields(table.columns()));
        storage.setLocation(table.location());
        storage.setInputFormat(CatalogTable.INPUT_FORMAT);
        storage.setOutputFormat(CatalogTable.OUTPUT_FORMAT);
        storage.setSerdeInfo(new SerDeInfo(null, CatalogTable.SERDE, new HashMap<>(table.serdeParameters())));
        created.setSd(storage);
        metastore.ask("create " + named(table), client -> {
            client.create_table(created);
            return null;
        });
        LOG.info("Created {}.{} in the Hive metastore", database, table);
    }

    private void createDatabase() throws IOException {
        try {
            metastore.ask("read database " + database, client -> client.get_database(database));
        } catch (NotThereException e) {
            metastore.ask("create database " + database, client -> {
                try {
                    client.create_database(new Database(database, "Tables of a Tributary lake", null, new HashMap<>()));
                    LOG.info("Created the database {} in the Hive metastore", database);
                } catch (AlreadyExistsException meanwhile) {
                    LOG.debug("The database {} was created by somebody else meanwhile", database);
                }
                return null;
            });
        }
    }

    /** @return the stored entry with what the table says put into it */
    private static Table patched(Table stored, CatalogTable table) {
        Table wanted = stored.deepCopy();
        table.parameters().forEach(wanted::putToParameters);
        StorageDescriptor storage = wanted.getSd();
        storage.setCols(fields(CatalogColumn.merge(columns(stored.getSd().getCols()), table.columns())));
        storage.setInputFormat(CatalogTable.INPUT_FORMAT);
        storage.setOutputFormat(CatalogTable.OUTPUT_FORMAT);
        if (storage.getSerdeInfo() == null) {
            storage.setSerdeInfo(new SerDeInfo());
        }
        storage.getSerdeInfo().setSerializationLib(CatalogTable.SERDE);
        table.serdeParameters().forEach(storage.getSerdeInfo()::putToParameters);
        return wanted;
    }

    private static List<FieldSchema> fields(List<CatalogColumn> columns) {
        return columns.stream()
                .map(column -> new FieldSchema(column.name(), column.type(), column.comment()))
                .collect(Collectors.toList());
    }

    private static List<CatalogColumn> columns(List<FieldSchema> fields) {
        return fields.stream()
                .map(field -> new CatalogColumn(field.getName(), field.getType(), field.getComment()))
                .collect(Collectors.toList());
    }

    /** A change of columns has reached the partitions with the table's: CASCADE. */
    @Override
    public void addPartitions(CatalogTable table, List<CatalogPartition> partitions, boolean all) throws IOException {
        if (partitions.isEmpty()) {
            return;
        }
        Table stored = metastore.ask("read " + named(table), client -> client.get_table(database, table.name()));
        for (int from = 0; from < partitions.size(); from += PARTITIONS_A_REQUEST) {
            List<Partition> batch = new ArrayList<>();
            for (CatalogPartition partition :
                    partitions.subList(from, Math.min(partitions.size(), from + PARTITIONS_A_REQUEST))) {
                StorageDescriptor storage = stored.getSd().deepCopy();
                storage.setLocation(partition.location());
                batch.add(new Partition(partition.values(), database, table.name(), 0, 0, storage, new HashMap<>()));
            }
            AddPartitionsRequest request = new AddPartitionsRequest(database, table.name(), batch, true);
            request.setNeedResult(false);
            metastore.ask("add partitions of " + named(table), client -> client.add_partitions_req(request));
        }
    }

    @Override
    public void close() {
        metastore.close();
    }
}
